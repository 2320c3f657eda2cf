// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// UNIDIRECTIONAL_SEQUENCE_LSTM: a recurrent layer with long short-term memory.
//
// At each time, with x a row of the input and h the output of the time before:
//
//   gate    = activation(weights * x + recurrent weights * h + bias)    four gates; tanh for the
//                                                   candidate for the cell, sigmoid for the others
//   cell    = forget gate * cell + input gate * candidate
//   h       = output gate * tanh(cell)
//
// Both h and cell are variable tensors: the first time of an invoke goes on from the last one of
// the invoke before.
//
//   input 0:        [batches, times, depth], or [times, batches, depth] where time is major
//   inputs 1 to 4:  weights [units, depth] of the gates: input, forget, cell, output
//   inputs 5 to 8:  recurrent weights [units, units] of the same
//   inputs 12 to 15: bias [units] of the same (int32 where the input is int8, int64 for int16)
//   input 18:       h, batches * units elements, of the input's type
//   input 19:       cell, batches * units elements (int16 where the input is an integer)
//   output:         [batches, times, units], or [times, batches, units]
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/kernels/sigmoid_table.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: no peephole, projection or layer normalization; an input gate of its own; tanh.
constexpr KernelKey kUnidirectionalSequenceLstmFloat32Key(
    BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, TensorType::FLOAT32);
// Limits: no peephole, projection or layer normalization; an input gate of its own; tanh; int8
// weights without zero point.
constexpr KernelKey kUnidirectionalSequenceLstmInt16Key(
    BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, TensorType::INT16);
constexpr KernelKey kUnidirectionalSequenceLstmInt8Key(
    BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, TensorType::INT8);

// The gates, in the order in which their tensors stand among the inputs.
enum LstmGate : size_t { kInputGate, kForgetGate, kCellGate, kOutputGate };
constexpr size_t kLstmGates = 4;

// The input of the first gate's tensor.
constexpr size_t kLstmWeights = 1;
constexpr size_t kLstmRecurrentWeights = 5;
constexpr size_t kLstmBias = 12;

constexpr size_t kLstmHidden = 18;
constexpr size_t kLstmCell = 19;

struct LstmShape {
  int32_t batches;
  int32_t times;
  int32_t depth;
  int32_t units;
  int32_t batch_step;  // Rows of input and output to the same time of the next batch ...
  int32_t time_step;   // ... and to the next time of the same batch.
};

struct LstmFloat32 {
  LstmShape shape;
  FloatRange cell;  // Its limits.
};

// int8 and int16. Gates are Q3.12 before and Q0.15 after their activation.
struct LstmInteger {
  LstmShape shape;
  int32_t input_zero_point;
  int32_t hidden_zero_point;
  QuantizedMultiplier from_input[kLstmGates];  // From steps of a sum to Q3.12.
  QuantizedMultiplier from_hidden[kLstmGates];
  QuantizedMultiplier forget_times_cell;  // To steps of the cell.
  QuantizedMultiplier input_times_candidate;
  QuantizedMultiplier output_times_tanh;  // To steps of h.
  TableScale cell_scale;
  int32_t cell_limit;  // Its largest magnitude.
};

// Check the operator and leave an LstmFloat32 or LstmInteger as its data.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing, or h or
//   cell is no variable tensor.
// kUnsupported: what the limits above exclude, other types, a cell whose scale is far beyond 1,
//   or sums that do not fit 32 bits (int8).
Verdict PrepareUnidirectionalSequenceLstmFloat32(PrepareContext& context);
Verdict PrepareUnidirectionalSequenceLstmInt16(PrepareContext& context);
Verdict PrepareUnidirectionalSequenceLstmInt8(PrepareContext& context);

}  // namespace earshot
