// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/portable/output_stage.h"

namespace earshot::portable {
namespace {

constexpr int32_t kNoBias[kMaxSums] = {};

}  // namespace

void OutputStage::Store(const int32_t* sums, int32_t count, int32_t channel, int8_t* output) const {
  // Copies: an int8_t* may point to anything, so members would be read again after each output.
  const uint32_t step = multiplier_step_;
  const int32_t lowest = lowest_;
  const uint32_t span = span_;
  const int32_t lowest_stored = lowest_stored_;
  const QuantizedMultiplier* multiplier = multipliers_ + static_cast<uint32_t>(channel) * step;
  const int32_t* bias = bias_ != nullptr ? bias_ + channel : kNoBias;
  const int32_t* const end = sums + count;
  do {
    const int32_t steps = Requantize(WrappingAdd(*sums++, *bias++), *multiplier);
    multiplier += step;
    // Clamping with one comparison: what is less than `lowest` wraps around to a large number.
    uint32_t above = static_cast<uint32_t>(steps) - static_cast<uint32_t>(lowest);
    if (above > span) above = steps < lowest ? 0 : span;
    *output++ = static_cast<int8_t>(static_cast<int32_t>(above) + lowest_stored);
  } while (sums != end);
}

}  // namespace earshot::portable
