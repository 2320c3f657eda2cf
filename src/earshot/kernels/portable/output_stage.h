// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What becomes of the sums of products of an int8 operator: bias, scale, activation function. One
// piece of code for all of the faster kernels, called for several sums at a time.
#pragma once

#include <cstdint>

#include "earshot/kernels/quantization.h"

namespace earshot::portable {

// a * b / 2^31 to the nearest integer, ties toward plus infinity. Precondition: b >= 0.
constexpr int32_t RoundedHighMul(int32_t a, int32_t b) {
  return static_cast<int32_t>((static_cast<int64_t>(a) * b + (int64_t{1} << 30)) >> 31);
}

// sum * by, rounded twice: MultiplyByQuantizedMultiplier() (earshot/kernels/quantization.h) in
// fewer instructions, with the same result for every sum and every multiplier that MakeMultiplier()
// makes. What saves them:
//
// * A multiplier is never negative, so the one product that does not fit 31 bits cannot occur, and
//   the first rounding (ties toward plus infinity) needs no check.
// * The second rounding has ties away from zero. For a negative number that is the rounding of the
//   number less one with ties toward plus infinity, and those take one addition:
//   ((x >> (n - 1)) + 1) >> 1.
//
// Precondition: by.multiplier >= 0, and by.shift in [-31, 30].
constexpr int32_t Requantize(int32_t sum, QuantizedMultiplier by) {
  if (by.shift >= 0) return RoundedHighMul(WrappingShiftLeft(sum, by.shift), by.multiplier);
  const int32_t scaled = RoundedHighMul(sum, by.multiplier);
  const int32_t less_one_if_negative = scaled + (scaled >> 31);
  return ((less_one_if_negative >> (-by.shift - 1)) + 1) >> 1;
}

// The most sums that are stored at once.
constexpr int32_t kMaxSums = 8;

// One operator's output stage; made by invoke from what prepare has left.
class OutputStage {
 public:
  // `bias`: one per output channel, or null. `multipliers`: InvokeContext::array() of by.offset.
  OutputStage(const int32_t* bias, const QuantizedMultiplier* multipliers,
              const ChannelMultipliers& by, const IntegerOutput& output)
      : bias_(bias),
        multipliers_(multipliers),
        multiplier_step_(by.step),
        lowest_(output.lowest),
        span_(static_cast<uint32_t>(output.highest - output.lowest)),
        lowest_stored_(output.lowest + output.zero_point) {}

  // Turns the sums of `count` adjacent output channels, `channel` being the first, into outputs.
  // Precondition: 0 < count <= kMaxSums.
  void Store(const int32_t* sums, int32_t count, int32_t channel, int8_t* output) const;

 private:
  const int32_t* bias_;
  const QuantizedMultiplier* multipliers_;
  uint32_t multiplier_step_;
  int32_t lowest_;  // As in IntegerOutput.
  uint32_t span_;   // From there to the highest.
  int32_t lowest_stored_;
};

}  // namespace earshot::portable
