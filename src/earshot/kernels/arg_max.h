// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ARG_MAX and ARG_MIN: where the largest or the smallest element along an axis is; of several, the
// first.
//
//   input 0: rank of at least 1
//   input 1: constant int32, the axis
//   output:  int32, the input's shape without the axis
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axis; to int32.
constexpr KernelKey kArgMaxFloat32Key(BuiltinOperator::ARG_MAX, TensorType::FLOAT32);
constexpr KernelKey kArgMaxInt8Key(BuiltinOperator::ARG_MAX, TensorType::INT8);
constexpr KernelKey kArgMaxUint8Key(BuiltinOperator::ARG_MAX, TensorType::UINT8);
constexpr KernelKey kArgMinFloat32Key(BuiltinOperator::ARG_MIN, TensorType::FLOAT32);
constexpr KernelKey kArgMinInt8Key(BuiltinOperator::ARG_MIN, TensorType::INT8);
constexpr KernelKey kArgMinUint8Key(BuiltinOperator::ARG_MIN, TensorType::UINT8);

struct ArgMax {
  int32_t outer;   // Elements in front of the axis,
  int32_t extent;  // along it
  int32_t inner;   // and behind it.
};

// Checks either operator and leaves an ArgMax as its data.
//
// kInvalidModel: no such axis, another output shape. kUnsupported: an axis that the model computes,
//   another type of output.
Verdict PrepareArgMax(PrepareContext& context);

// better(a, b): whether a comes before b.
template <typename T, typename Better>
void InvokeArgMax(const InvokeContext& context, const Better& better) {
  const auto& data = context.data<ArgMax>();
  const auto* input = context.input<T>(0);
  auto* output = context.output<int32_t>(0);
  for (int32_t i = 0; i < data.outer; ++i, input += data.extent * data.inner) {
    for (int32_t j = 0; j < data.inner; ++j) {
      int32_t best = 0;
      for (int32_t k = 1; k < data.extent; ++k) {
        if (better(input[k * data.inner + j], input[best * data.inner + j])) best = k;
      }
      *output++ = best;
    }
  }
}

}  // namespace earshot
