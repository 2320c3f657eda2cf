// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What all types of UNIDIRECTIONAL_SEQUENCE_LSTM have in common: which numbers a layer has, and the
// order in which they are made.
#pragma once

#include <cstdint>
#include <cstring>

#include "earshot/kernels/unidirectional_sequence_lstm.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// The tensors of one gate.
template <typename Weight, typename Bias>
struct LstmGateTensors {
  const Weight* weights;
  const Weight* recurrent_weights;
  const Bias* bias;
};

template <typename Weight, typename Bias>
LstmGateTensors<Weight, Bias> GateTensors(const InvokeContext& context, size_t gate) {
  return {context.input<Weight>(kLstmWeights + gate),
          context.input<Weight>(kLstmRecurrentWeights + gate),
          context.input<Bias>(kLstmBias + gate)};
}

// Runs all batches and times. `step(x, h, unit, &cell)` updates a unit's cell and answers its new
// h, of `hidden` and `cells` being the states of all.
template <typename T, typename Cell, typename Step>
void RunLstm(const InvokeContext& context, const LstmShape& shape, T* hidden, Cell* cells,
             const Step& step) {
  const auto* input = context.input<T>(0);
  auto* output = context.output<T>(0);
  const auto hidden_bytes = static_cast<size_t>(shape.units) * sizeof(T);
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    T* const h = hidden + batch * shape.units;
    Cell* const cell = cells + batch * shape.units;
    for (int32_t time = 0; time < shape.times; ++time) {
      const int32_t row = batch * shape.batch_step + time * shape.time_step;
      const T* const x = input + row * shape.depth;
      T* const to = output + row * shape.units;
      for (int32_t unit = 0; unit < shape.units; ++unit) to[unit] = step(x, h, unit, &cell[unit]);
      std::memcpy(h, to, hidden_bytes);
    }
  }
}

}  // namespace earshot::reference
