// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What ADD_N and CUMSUM on int8 share: inputs of one scale, whose sum is brought to the output's.
//
// The format's reference begins its sums with an input of 0 where it means none, and so do these:
// each sum has the input's zero point once too often.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct Int8Sum {
  int32_t zero_point;             // Of all inputs.
  QuantizedMultiplier to_output;  // From 2^-kInt8SumBits of a step of the inputs.
  IntegerOutput output;
};

constexpr int32_t kInt8SumBits = 19;

// The sum of nothing, and `sum` with one element more, in steps of the input modulo 2^32.
constexpr int32_t StartOf(const Int8Sum& data) { return -data.zero_point; }
constexpr int32_t Added(int32_t sum, int8_t value, const Int8Sum& data) {
  return WrappingAdd(sum, value - data.zero_point);
}

constexpr int8_t ToOutput(int32_t sum, const Int8Sum& data) {
  return ToInt8(MultiplyByQuantizedMultiplier(WrappingShiftLeft(sum, kInt8SumBits), data.to_output),
                data.output);
}

// kInvalidModel: missing quantization. kUnsupported: an output whose scale is too small.
Verdict MakeInt8Sum(const PrepareContext& context, const TensorInfo& input,
                    const TensorInfo& output, Int8Sum* sum);

}  // namespace earshot
