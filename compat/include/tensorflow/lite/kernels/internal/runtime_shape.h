// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RuntimeShape: a tensor's extents, copied.
#pragma once

#include <cstdint>
#include <initializer_list>

namespace tflite {

class RuntimeShape {
 public:
  static constexpr int kMaxDimensions = 6;

  RuntimeShape() = default;
  // Of more extents than kMaxDimensions the first ones count.
  RuntimeShape(int count, const int32_t* extents)
      : count_(count < kMaxDimensions ? count : kMaxDimensions) {
    for (int i = 0; i < count_; ++i) extents_[i] = extents[i];
  }
  RuntimeShape(std::initializer_list<int> extents) {
    for (const int extent : extents) {
      if (count_ < kMaxDimensions) extents_[count_++] = extent;
    }
  }

  int32_t DimensionsCount() const { return count_; }
  int32_t Dims(int i) const { return extents_[i]; }
  void SetDim(int i, int32_t extent) { extents_[i] = extent; }
  const int32_t* DimsData() const { return extents_; }

  // 1 for a scalar.
  int FlatSize() const {
    int size = 1;
    for (int i = 0; i < count_; ++i) size *= extents_[i];
    return size;
  }

  bool operator==(const RuntimeShape& other) const {
    if (count_ != other.count_) return false;
    for (int i = 0; i < count_; ++i) {
      if (extents_[i] != other.extents_[i]) return false;
    }
    return true;
  }
  bool operator!=(const RuntimeShape& other) const { return !(*this == other); }

 private:
  int32_t count_ = 0;
  int32_t extents_[kMaxDimensions] = {};
};

}  // namespace tflite
