// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that make each float of the output from the one at the same place of the input.
//
//   input 0: any shape
//   output:  the same shape
//
// Where C's mathematical functions are not exact, results are those of the C library of the
// platform, and TensorFlow Lite Micro's there.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kAbsFloat32Key(BuiltinOperator::ABS, TensorType::FLOAT32);
constexpr KernelKey kCeilFloat32Key(BuiltinOperator::CEIL, TensorType::FLOAT32);
constexpr KernelKey kCosFloat32Key(BuiltinOperator::COS, TensorType::FLOAT32);
constexpr KernelKey kEluFloat32Key(BuiltinOperator::ELU, TensorType::FLOAT32);
constexpr KernelKey kExpFloat32Key(BuiltinOperator::EXP, TensorType::FLOAT32);
constexpr KernelKey kFloorFloat32Key(BuiltinOperator::FLOOR, TensorType::FLOAT32);
constexpr KernelKey kHardSwishFloat32Key(BuiltinOperator::HARD_SWISH, TensorType::FLOAT32);
constexpr KernelKey kLogFloat32Key(BuiltinOperator::LOG, TensorType::FLOAT32);
constexpr KernelKey kNegFloat32Key(BuiltinOperator::NEG, TensorType::FLOAT32);
constexpr KernelKey kRelu6Float32Key(BuiltinOperator::RELU6, TensorType::FLOAT32);
constexpr KernelKey kReluFloat32Key(BuiltinOperator::RELU, TensorType::FLOAT32);
constexpr KernelKey kRoundFloat32Key(BuiltinOperator::ROUND, TensorType::FLOAT32);
constexpr KernelKey kRsqrtFloat32Key(BuiltinOperator::RSQRT, TensorType::FLOAT32);
constexpr KernelKey kSinFloat32Key(BuiltinOperator::SIN, TensorType::FLOAT32);
constexpr KernelKey kSqrtFloat32Key(BuiltinOperator::SQRT, TensorType::FLOAT32);
constexpr KernelKey kSquareFloat32Key(BuiltinOperator::SQUARE, TensorType::FLOAT32);
constexpr KernelKey kTanhFloat32Key(BuiltinOperator::TANH, TensorType::FLOAT32);

struct Elementwise {
  int32_t count;
};

// Checks the operator and leaves an Elementwise as its data.
//
// kInvalidModel: shapes differ. kUnsupported: another type than float32.
Verdict PrepareElementwiseFloat32(PrepareContext& context);

// output[i] = function(input[i]), for the invoke of an operator whose data is an Elementwise.
template <typename Function>
void InvokeElementwiseFloat32(const InvokeContext& context, const Function& function) {
  const int32_t count = context.data<Elementwise>().count;
  const auto* input = context.input<float>(0);
  auto* output = context.output<float>(0);
  for (int32_t i = 0; i < count; ++i) output[i] = function(input[i]);
}

}  // namespace earshot
