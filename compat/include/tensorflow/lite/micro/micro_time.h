// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The clock of MicroProfiler. An application has functions of these names for a clock of its own;
// otherwise it is the C library's clock() on a host, and stands still on a board.
#pragma once

#include <cstdint>

namespace tflite {

uint32_t ticks_per_second();
uint32_t GetCurrentTimeTicks();

// 0 where the clock stands still.
inline uint32_t TicksToMs(uint32_t ticks) {
  const uint32_t rate = ticks_per_second();
  return rate == 0 ? 0 : static_cast<uint32_t>(uint64_t{1000} * ticks / rate);
}
inline uint32_t TicksToUs(uint32_t ticks) {
  const uint32_t rate = ticks_per_second();
  return rate == 0 ? 0 : static_cast<uint32_t>(uint64_t{1000000} * ticks / rate);
}

}  // namespace tflite
