// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/logistic.h"
#include "earshot/kernels/reference/lstm_layer.h"
#include "earshot/kernels/unidirectional_sequence_lstm.h"
#include "earshot/kernels/variable_tensor.h"

namespace earshot::reference {
namespace {

float DotProduct(const float* a, const float* b, int32_t count) {
  float sum = 0;
  for (int32_t i = 0; i < count; ++i) sum += a[i] * b[i];
  return sum;
}

void InvokeUnidirectionalSequenceLstmFloat32(const InvokeContext& context) {
  const auto& data = context.data<LstmFloat32>();
  const LstmShape& shape = data.shape;
  const int32_t states = shape.batches * shape.units;
  auto* const hidden = VariableTensor(context, kLstmHidden, states, 0.0f);
  auto* const cells = VariableTensor(context, kLstmCell, states, 0.0f);
  const auto gate = [&](size_t number, const float* x, const float* h, int32_t unit) {
    const auto tensors = GateTensors<float, float>(context, number);
    const float* const row = tensors.weights + unit * shape.depth;
    const float* const recurrent_row = tensors.recurrent_weights + unit * shape.units;
    return DotProduct(row, x, shape.depth) + tensors.bias[unit] +
           DotProduct(recurrent_row, h, shape.units);
  };
  RunLstm(context, shape, hidden, cells,
          [&](const float* x, const float* h, int32_t unit, float* cell) {
            const float forget = Sigmoid(gate(kForgetGate, x, h, unit));
            const float in = Sigmoid(gate(kInputGate, x, h, unit));
            const float candidate = std::tanh(gate(kCellGate, x, h, unit));
            const float out = Sigmoid(gate(kOutputGate, x, h, unit));
            *cell = Clamp(forget * *cell + in * candidate, data.cell);
            return std::tanh(*cell) * out;
          });
}

}  // namespace

const Kernel kUnidirectionalSequenceLstmFloat32 = {kUnidirectionalSequenceLstmFloat32Key,
                                                   PrepareUnidirectionalSequenceLstmFloat32,
                                                   InvokeUnidirectionalSequenceLstmFloat32};

}  // namespace earshot::reference
