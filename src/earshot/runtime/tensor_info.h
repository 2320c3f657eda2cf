// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TensorInfo: what a model file says about one tensor.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/runtime/schema/model_format_generated.h"

namespace earshot {

using schema::TensorType;

inline int64_t ValueOf(const schema::Int64& number) {
  return static_cast<int64_t>(static_cast<uint64_t>(static_cast<uint32_t>(number.high())) << 32 |
                              number.low());
}

// An object rather than a literal: literals may be left out of an image, as texts of errors.
inline constexpr char kNoName[] = "";

// Everything points into the verified model file and lives as long as that does. The numbers mean
// real_value = scale * (stored_value - zero_point).
struct TensorInfo {  // NOLINT(clang-analyzer-optin.performance.Padding): few live at a time.
  TensorType type = TensorType::FLOAT32;
  int32_t rank() const { return static_cast<int32_t>(shape.size()); }
  // Extent along `axis`, negative axes counting from the back. Precondition: the axis exists.
  int32_t dim(int32_t axis) const {
    return shape[static_cast<size_t>(axis < 0 ? axis + rank() : axis)];
  }
  // The number of elements; 1 for a scalar.
  int32_t count() const;

  // Every extent is at least 0; what prepare sees of inputs and outputs, 1. Empty: a scalar.
  Span<const int32_t> shape;
  Span<const float> scales;  // Empty: not quantized. One: for all. More: one per channel.
  Span<const schema::Int64> zero_points;  // As many as `scales`, or one for all of them.
  int32_t quantized_dimension = 0;        // The axis of several scales.
  Span<const uint8_t> data;               // The contents of a constant; empty for all others.
  size_t bytes = 0;  // Size of the contents; 0 for types without plain memory (strings, resources).
  bool is_variable = false;

  bool is_constant() const { return !data.empty(); }
  // The only scale and zero point. Precondition: scales is not empty.
  float scale() const { return scales[0]; }
  int32_t zero_point() const { return static_cast<int32_t>(zero_points[0].low()); }

  // A constant's contents. Precondition: T is the type that `type` names, of at most 4 bytes; the
  // verifier has seen to size and alignment. (Elements of 8 bytes may begin at any multiple of 4.)
  template <typename T>
  Span<const T> constant() const {
    static_assert(alignof(T) <= 4);
    return Span<const T>(static_cast<const T*>(static_cast<const void*>(data.data())),
                         data.size() / sizeof(T));
  }
};

// Bytes of one element, or 0 for types whose tensors are no plain array (string, resource, variant,
// packed 4-bit integers) and for types that the format does not have.
size_t ElementBytes(TensorType type);

}  // namespace earshot
