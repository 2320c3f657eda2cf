// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/strided_slice.h"

namespace earshot::reference {
namespace {

void Invoke(const InvokeContext& context) {
  const auto& data = context.data<StridedSlice>();
  const auto* input = context.input<int8_t>(0) + data.begin;
  auto* output = context.output<int8_t>(0);
  for (int32_t i = 0; i < data.output[0]; ++i) {
    for (int32_t j = 0; j < data.output[1]; ++j) {
      for (int32_t k = 0; k < data.output[2]; ++k) {
        const int8_t* taken = input + i * data.step[0] + j * data.step[1] + k * data.step[2];
        for (int32_t l = 0; l < data.output[3]; ++l) *output++ = taken[l * data.step[3]];
      }
    }
  }
}

}  // namespace

const Kernel kStridedSliceInt8 = {kStridedSliceInt8Key, PrepareStridedSliceInt8, Invoke};

}  // namespace earshot::reference
