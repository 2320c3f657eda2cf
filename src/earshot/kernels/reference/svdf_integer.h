// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SVDF on int8, with a state of int8 or int16.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/saturated.h"
#include "earshot/kernels/reference/svdf_layer.h"
#include "earshot/kernels/svdf.h"
#include "earshot/kernels/variable_tensor.h"

namespace earshot::reference {

template <typename State>
void InvokeSvdfInteger(const InvokeContext& context) {
  const auto& data = context.data<SvdfInteger>();
  const SvdfShape& shape = data.shape;
  const auto* bias = shape.has_bias != 0 ? context.input<int32_t>(kSvdfBias) : nullptr;
  const auto start = static_cast<State>(data.state_zero_point);
  auto* const state = VariableTensor(context, kSvdfState, StateCount(shape), start);
  MoveOn<int8_t>(context, shape, state, [&](const int8_t* x, const int8_t* weights) {
    int32_t sum = 0;
    for (int32_t i = 0; i < shape.depth; ++i) sum += weights[i] * (x[i] - data.input_zero_point);
    return Saturated<State>(
        WrappingAdd(MultiplyByQuantizedMultiplier(sum, data.to_state), data.state_zero_point));
  });
  // Products of two int16 leave no room for sums: what overflows there wraps.
  const int32_t numbers = shape.rank * shape.memory;
  SumUpUnits<int8_t>(
      context, shape, state, [&](int32_t unit, const State* weights, const State* values) {
        int32_t sum = bias != nullptr ? bias[unit] : 0;
        for (int32_t i = 0; i < numbers; ++i) {
          sum = WrappingAdd(sum, weights[i] * (values[i] - data.state_zero_point));
        }
        return ToInt8(MultiplyByQuantizedMultiplier(sum, data.to_output), data.output);
      });
}

}  // namespace earshot::reference
