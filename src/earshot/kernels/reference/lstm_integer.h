// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// UNIDIRECTIONAL_SEQUENCE_LSTM on integers: int8 with sums of 32 bits, int16 with sums of 64 bits.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/bias.h"
#include "earshot/kernels/reference/lstm_layer.h"
#include "earshot/kernels/reference/saturated.h"
#include "earshot/kernels/unidirectional_sequence_lstm.h"
#include "earshot/kernels/variable_tensor.h"

namespace earshot::reference {

template <typename Sum, typename T>
Sum DotProduct(const int8_t* weights, const T* values, int32_t zero_point, int32_t count) {
  Sum sum = 0;
  for (int32_t i = 0; i < count; ++i)
    sum += static_cast<Sum>(weights[i] * (values[i] - zero_point));
  return sum;
}

// A gate before its activation: each of both sums is rounded and limited to Q3.12, then theirs.
template <typename T, typename Sum>
int16_t LstmGateInput(const InvokeContext& context, const LstmInteger& data, size_t gate,
                      const T* x, const T* h, int32_t unit) {
  const LstmShape& shape = data.shape;
  const auto tensors = GateTensors<int8_t, uint8_t>(context, gate);
  const Sum bias = BiasOf<Sum>(tensors.bias, unit);
  const Sum from_input = WrappingAdd(
      DotProduct<Sum>(tensors.weights + unit * shape.depth, x, data.input_zero_point, shape.depth),
      bias);
  const Sum from_hidden = DotProduct<Sum>(tensors.recurrent_weights + unit * shape.units, h,
                                          data.hidden_zero_point, shape.units);
  return Saturated<int16_t>(
      Saturated<int16_t>(MultiplyByQuantizedMultiplier(from_input, data.from_input[gate])) +
      Saturated<int16_t>(MultiplyByQuantizedMultiplier(from_hidden, data.from_hidden[gate])));
}

constexpr int16_t LimitedCell(int16_t cell, int32_t limit) {
  return static_cast<int16_t>(cell < -limit ? -limit : cell > limit ? limit : cell);
}

template <typename T, typename Sum>
void InvokeLstmInteger(const InvokeContext& context) {
  const auto& data = context.data<LstmInteger>();
  const LstmShape& shape = data.shape;
  const int32_t states = shape.batches * shape.units;
  const auto start = static_cast<T>(sizeof(T) == 1 ? data.hidden_zero_point : 0);
  auto* const hidden = VariableTensor(context, kLstmHidden, states, start);
  auto* const cells = VariableTensor(context, kLstmCell, states, int16_t{0});
  RunLstm(context, shape, hidden, cells, [&](const T* x, const T* h, int32_t unit, int16_t* cell) {
    const auto gate = [&](size_t number) {
      return LstmGateInput<T, Sum>(context, data, number, x, h, unit);
    };
    const int32_t forget = TableSigmoid(gate(kForgetGate), kQ3Point12);
    const int32_t in = TableSigmoid(gate(kInputGate), kQ3Point12);
    const int32_t candidate = TableTanh(gate(kCellGate), kQ3Point12);
    const int32_t out = TableSigmoid(gate(kOutputGate), kQ3Point12);
    const auto kept =
        Saturated<int16_t>(MultiplyByQuantizedMultiplier(forget * *cell, data.forget_times_cell));
    const auto added = Saturated<int16_t>(
        MultiplyByQuantizedMultiplier(in * candidate, data.input_times_candidate));
    *cell = LimitedCell(Saturated<int16_t>(kept + added), data.cell_limit);
    const int32_t tanh = TableTanh(*cell, data.cell_scale);
    return Saturated<T>(WrappingAdd(
        MultiplyByQuantizedMultiplier(tanh * out, data.output_times_tanh), data.hidden_zero_point));
  });
}

}  // namespace earshot::reference
