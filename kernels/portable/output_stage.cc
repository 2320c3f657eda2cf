// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/portable/output_stage.h"

namespace earshot::portable {

void OutputStage::Store(const int32_t* sums, int32_t count, int32_t channel, int8_t* output) const {
  // Copies: an int8_t* may point to anything, so members would be read again after each output.
  constexpr int32_t kNoBias = 0;
  const int32_t* channel_bias = bias != nullptr ? bias + channel : &kNoBias;
  const int32_t bias_step = bias != nullptr ? 1 : 0;
  const uint32_t step = multiplier_step;
  const QuantizedMultiplier* multiplier = multipliers + static_cast<uint32_t>(channel) * step;
  const int32_t lowest = range.lowest;
  const auto span = static_cast<uint32_t>(range.highest) - static_cast<uint32_t>(lowest);
  const int32_t first = lowest + range.zero_point;
  const int32_t* const end = sums + count;
  do {
    const int32_t steps = Requantize(WrappingAdd(*sums++, *channel_bias), *multiplier);
    channel_bias += bias_step;
    multiplier += step;
    // Clamping with one comparison: less than `lowest` wraps around to a large number.
    uint32_t above = static_cast<uint32_t>(steps) - static_cast<uint32_t>(lowest);
    if (above > span) above = steps < lowest ? 0 : span;
    *output++ = static_cast<int8_t>(static_cast<int32_t>(above) + first);
  } while (sums != end);
}

}  // namespace earshot::portable
