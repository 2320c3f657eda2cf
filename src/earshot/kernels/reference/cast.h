// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loop of CAST, for each type of input.
#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "earshot/kernels/cast.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// Toward zero. C++ leaves open what becomes of numbers that do not fit, and processors differ.
template <typename To>
constexpr To SaturatingCast(float value) {
  using Limits = std::numeric_limits<To>;
  constexpr auto kBeyond = static_cast<float>(uint64_t{1} << Limits::digits);
  if (!(value > static_cast<float>(Limits::min()))) {
    return value != value ? To{0} : Limits::min();
  }
  return value < kBeyond ? static_cast<To>(value) : Limits::max();
}

template <typename To, typename From>
constexpr To CastTo(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From{0};
  } else if constexpr (std::is_same_v<From, float> && !std::is_same_v<To, float>) {
    return SaturatingCast<To>(value);
  } else {
    return static_cast<To>(value);
  }
}

template <typename To, typename Stored, typename Load>
void CastAllTo(const InvokeContext& context, const Load& load) {
  const int32_t count = context.data<Cast>().count;
  const auto* input = context.input<Stored>(0);
  auto* output = context.output<To>(0);
  for (int32_t i = 0; i < count; ++i) output[i] = CastTo<To>(load(input[i]));
}

// load(stored): the number that an element of the input is.
template <typename Stored, typename Load>
void InvokeCast(const InvokeContext& context, const Load& load) {
  switch (static_cast<TensorType>(context.data<Cast>().output_type)) {
    case TensorType::BOOL:
      return CastAllTo<bool, Stored>(context, load);
    case TensorType::FLOAT32:
      return CastAllTo<float, Stored>(context, load);
    case TensorType::INT16:
      return CastAllTo<int16_t, Stored>(context, load);
    case TensorType::INT32:
      return CastAllTo<int32_t, Stored>(context, load);
    case TensorType::INT64:
      return CastAllTo<int64_t, Stored>(context, load);
    case TensorType::INT8:
      return CastAllTo<int8_t, Stored>(context, load);
    case TensorType::UINT32:
      return CastAllTo<uint32_t, Stored>(context, load);
    default:  // Prepare accepts no other one.
      return CastAllTo<uint8_t, Stored>(context, load);
  }
}

}  // namespace earshot::reference
