// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/noise_generator.h"

namespace earshot::host {
namespace {

// One of -2^(width - 1) ... 2^(width - 1) - 1, each as likely.
int32_t Number(uint64_t bits, int width) {
  const uint64_t range = uint64_t{1} << width;
  return static_cast<int32_t>(bits % range) - static_cast<int32_t>(range / 2);
}

}  // namespace

int16_t WhiteNoise::Next(Random* random) {
  const uint64_t bits = random->Bits();
  return static_cast<int16_t>(Number(bits, 14) + Number(bits >> 16, 14) + Number(bits >> 32, 14) +
                              Number(bits >> 48, 14));
}

int16_t PinkNoise::Next(Random* random) {
  const uint64_t bits = random->Bits();
  ++count_;
  size_t row = 0;  // As many as the count has zeros at its end.
  while (row < rows_.size() && (count_ >> row & 1) == 0) ++row;
  if (row < rows_.size()) {
    const int32_t number = Number(bits >> 32, 13);
    sum_ += number - rows_[row];
    rows_[row] = number;
  }
  return static_cast<int16_t>(sum_ + Number(bits, 13));
}

}  // namespace earshot::host
