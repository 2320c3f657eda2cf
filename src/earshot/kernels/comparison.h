// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER and GREATER_EQUAL: two tensors compared element by
// element, with broadcasting.
//
//   input 0, 1: of the same type
//   output:     bool
//
// int8 and int16 compare what they stand for, each rounded to 1/256.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kEqualBoolKey(BuiltinOperator::EQUAL, TensorType::BOOL);
constexpr KernelKey kEqualFloat32Key(BuiltinOperator::EQUAL, TensorType::FLOAT32);
constexpr KernelKey kEqualInt32Key(BuiltinOperator::EQUAL, TensorType::INT32);
constexpr KernelKey kEqualInt64Key(BuiltinOperator::EQUAL, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kEqualInt16Key(BuiltinOperator::EQUAL, TensorType::INT16);
constexpr KernelKey kEqualInt8Key(BuiltinOperator::EQUAL, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kNotEqualBoolKey(BuiltinOperator::NOT_EQUAL, TensorType::BOOL);
constexpr KernelKey kNotEqualFloat32Key(BuiltinOperator::NOT_EQUAL, TensorType::FLOAT32);
constexpr KernelKey kNotEqualInt32Key(BuiltinOperator::NOT_EQUAL, TensorType::INT32);
constexpr KernelKey kNotEqualInt64Key(BuiltinOperator::NOT_EQUAL, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kNotEqualInt16Key(BuiltinOperator::NOT_EQUAL, TensorType::INT16);
constexpr KernelKey kNotEqualInt8Key(BuiltinOperator::NOT_EQUAL, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kLessFloat32Key(BuiltinOperator::LESS, TensorType::FLOAT32);
constexpr KernelKey kLessInt32Key(BuiltinOperator::LESS, TensorType::INT32);
constexpr KernelKey kLessInt64Key(BuiltinOperator::LESS, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kLessInt16Key(BuiltinOperator::LESS, TensorType::INT16);
constexpr KernelKey kLessInt8Key(BuiltinOperator::LESS, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kLessEqualFloat32Key(BuiltinOperator::LESS_EQUAL, TensorType::FLOAT32);
constexpr KernelKey kLessEqualInt32Key(BuiltinOperator::LESS_EQUAL, TensorType::INT32);
constexpr KernelKey kLessEqualInt64Key(BuiltinOperator::LESS_EQUAL, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kLessEqualInt16Key(BuiltinOperator::LESS_EQUAL, TensorType::INT16);
constexpr KernelKey kLessEqualInt8Key(BuiltinOperator::LESS_EQUAL, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kGreaterFloat32Key(BuiltinOperator::GREATER, TensorType::FLOAT32);
constexpr KernelKey kGreaterInt32Key(BuiltinOperator::GREATER, TensorType::INT32);
constexpr KernelKey kGreaterInt64Key(BuiltinOperator::GREATER, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kGreaterInt16Key(BuiltinOperator::GREATER, TensorType::INT16);
constexpr KernelKey kGreaterInt8Key(BuiltinOperator::GREATER, TensorType::INT8);
// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kGreaterEqualFloat32Key(BuiltinOperator::GREATER_EQUAL, TensorType::FLOAT32);
constexpr KernelKey kGreaterEqualInt32Key(BuiltinOperator::GREATER_EQUAL, TensorType::INT32);
constexpr KernelKey kGreaterEqualInt64Key(BuiltinOperator::GREATER_EQUAL, TensorType::INT64);
// Limits: broadcasting over up to 4 axes; scales below 1.
constexpr KernelKey kGreaterEqualInt16Key(BuiltinOperator::GREATER_EQUAL, TensorType::INT16);
constexpr KernelKey kGreaterEqualInt8Key(BuiltinOperator::GREATER_EQUAL, TensorType::INT8);

// How two numbers may stand to each other, a bit each. The last one: one of them is no number.
enum Order : uint32_t { kIsLess = 1, kIsEqual = 2, kIsGreater = 4, kIsUnordered = 8 };

struct Comparison {
  Broadcast broadcast;
  uint32_t accepted;  // Orders that make the operator true.
};

struct ComparisonQuantized {
  Comparison comparison;
  int32_t zero_point_a;
  int32_t zero_point_b;
  QuantizedMultiplier multiplier_a;
  QuantizedMultiplier multiplier_b;
};

// Each checks one of the operators and leaves the struct of its name as its data.
//
// kInvalidModel: shapes that do not go together, missing quantization. kUnsupported: an input of
//   another type, an output that is not bool, see MakeBroadcast(), a scale of 1 or more.
Verdict PrepareComparison(PrepareContext& context);
Verdict PrepareComparisonQuantized(PrepareContext& context);

template <typename T>
constexpr Order OrderOf(T a, T b) {
  if (a < b) return kIsLess;
  if (a > b) return kIsGreater;
  return a == b ? kIsEqual : kIsUnordered;
}

// The invoke of each operator, for elements that are T; load(element): the number that it is.
template <typename T, typename Load>
void InvokeComparison(const InvokeContext& context, const Load& load) {
  const auto& data = context.data<Comparison>();
  ForEachPair(data.broadcast, context.input<T>(0), context.input<T>(1), context.output<bool>(0),
              [&](T a, T b) { return (data.accepted & OrderOf(load(a), load(b))) != 0; });
}

// The same for those of quantized elements.
template <typename T>
void InvokeComparisonQuantized(const InvokeContext& context) {
  const auto& data = context.data<ComparisonQuantized>();
  const auto scaled = [](int32_t steps, QuantizedMultiplier multiplier) {
    constexpr int32_t kUnit = 1 << 8;
    return MultiplyByQuantizedMultiplier(steps * kUnit, multiplier);
  };
  ForEachPair(data.comparison.broadcast, context.input<T>(0), context.input<T>(1),
              context.output<bool>(0), [&](T a, T b) {
                const Order order = OrderOf(scaled(a - data.zero_point_a, data.multiplier_a),
                                            scaled(b - data.zero_point_b, data.multiplier_b));
                return (data.comparison.accepted & order) != 0;
              });
}

}  // namespace earshot
