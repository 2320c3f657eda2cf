// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Register values that are computed, for the nRF51 and the nRF52.
#pragma once

#include <cstdint>

namespace earshot::nrf {

// UART: BAUDRATE counts in units of 16 MHz / 2^32 and has 20 bits, the upper ones. This gives the
// manuals' table of values (for 921,600 baud one step more, which is nearer).
constexpr uint32_t UartBaudRate(uint32_t baud) {
  constexpr uint64_t kClockHz = 16'000'000;
  const uint64_t exact = ((uint64_t{baud} << 32) + kClockHz / 2) / kClockHz;
  return static_cast<uint32_t>((exact + 0x800) & ~uint64_t{0xFFF});
}

// WDT: counts CRV + 1 ticks of the 32,768 Hz clock, from 15 up (chapter "WDT").
constexpr uint32_t kWatchdogLeastReload = 0xF;
constexpr uint32_t WatchdogReload(uint32_t milliseconds) {
  const uint64_t ticks = uint64_t{32'768} * milliseconds / 1000;
  return ticks <= kWatchdogLeastReload ? kWatchdogLeastReload : static_cast<uint32_t>(ticks - 1);
}

}  // namespace earshot::nrf
