// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

#include "earshot/frontend/bits.h"

namespace earshot {
namespace {

constexpr int kCoefficientBits = 12;
constexpr int kMagnitudeBits = 15;

}  // namespace

size_t Framer::Take(Span<const int16_t> samples) {
  const size_t room = pending_.size() - used_;
  const size_t count = samples.size() < room ? samples.size() : room;
  for (size_t i = 0; i < count; ++i) pending_[used_ + i] = samples[i];
  used_ += count;
  return count;
}

void Framer::Advance() {
  const auto stride = static_cast<size_t>(stride_);
  used_ -= stride;
  for (size_t i = 0; i < used_; ++i) pending_[i] = pending_[i + stride];
}

int32_t ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                    Span<int16_t> windowed) {
  int32_t largest = 0;
  for (size_t i = 0; i < samples.size(); ++i) {
    const int32_t product = static_cast<int32_t>(samples[i]) * coefficients[i];
    const auto value = static_cast<int16_t>(product >> kCoefficientBits);
    windowed[i] = value;
    const auto magnitude = static_cast<int16_t>(value < 0 ? -value : value);
    if (magnitude > largest) largest = magnitude;
  }
  return largest;
}

int InputShift(int32_t magnitude) {
  return kMagnitudeBits - MostSignificantBit(static_cast<uint32_t>(magnitude));
}

}  // namespace earshot
