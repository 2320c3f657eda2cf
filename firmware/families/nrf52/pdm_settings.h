// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Which clock the PDM peripheral of the nRF52840 gives the microphone, and which sample rate comes
// of it.
//
// Source: nRF52840 Product Specification 1.7, 6.15 "PDM": PDMCLKCTRL divides 32 MHz, RATIO says how
// many bits make a sample.
#pragma once

#include <cstdint>

namespace earshot::nrf {

constexpr int64_t kPdmSourceHz = 32'000'000;

struct PdmSetting {
  uint32_t clock_control = 0;  // PDMCLKCTRL
  uint32_t divider = 0;        // What the manual says that this means.
  uint32_t bits = 0;           // To a sample.

  constexpr int64_t microphone_hz() const { return kPdmSourceHz / divider; }
  // How much faster than `rate_hz` the samples come: millionths, rounded towards zero.
  constexpr int32_t error_ppm(int64_t rate_hz) const {
    const int64_t wanted = rate_hz * divider * bits;
    return static_cast<int32_t>((kPdmSourceHz - wanted) * 1'000'000 / wanted);
  }
  constexpr uint32_t ratio() const { return bits == 80 ? 1 : 0; }  // RATIO
};

// All that the manual lists.
constexpr PdmSetting kPdmSettings[] = {
    {0x08000000, 32, 64}, {0x08400000, 31, 64}, {0x08800000, 30, 64}, {0x09800000, 26, 64},
    {0x0A000000, 25, 64}, {0x0A800000, 24, 64}, {0x08000000, 32, 80}, {0x08400000, 31, 80},
    {0x08800000, 30, 80}, {0x09800000, 26, 80}, {0x0A000000, 25, 80}, {0x0A800000, 24, 80},
};

// The one nearest to `rate_hz` among those whose clock the microphone takes; `divider` is 0 if
// there is none.
constexpr PdmSetting NearestPdmSetting(int64_t rate_hz, int64_t least_microphone_hz,
                                       int64_t most_microphone_hz) {
  PdmSetting best;
  int32_t best_distance = INT32_MAX;
  for (const PdmSetting& setting : kPdmSettings) {
    if (setting.microphone_hz() < least_microphone_hz) continue;
    if (setting.microphone_hz() > most_microphone_hz) continue;
    const int32_t error = setting.error_ppm(rate_hz);
    const int32_t distance = error < 0 ? -error : error;
    if (distance >= best_distance) continue;
    best = setting;
    best_distance = distance;
  }
  return best;
}

// GAINL and GAINR: half decibels around 0x28, from -20 dB to +20 dB.
constexpr int kPdmMostHalfDecibels = 40;
constexpr uint32_t PdmGain(int half_decibels) {
  return static_cast<uint32_t>(kPdmMostHalfDecibels + half_decibels);
}

}  // namespace earshot::nrf
