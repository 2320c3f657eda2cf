// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What each stage of the front end costs for one frame.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/frontend/kissfft_real.h"

namespace earshot {

constexpr int kFrontEndStages = 8;

struct StageTicks {
  const char* stage;
  uint32_t ticks;
};

// What MeasureFrontEndStages() works in.
struct FrontEndBuffers {
  static constexpr size_t kWindow = 480;
  static constexpr size_t kFftSize = 512;
  static constexpr size_t kBins = kFftSize / 2 + 1;
  static constexpr size_t kChannels = 40;

  uint64_t channel_energy[kChannels];
  EarshotComplex16 scratch[kFftSize / 2];
  EarshotComplex16 spectrum[kBins];
  uint32_t energy[kBins];
  uint32_t signal[kChannels];
  uint32_t noise_estimate[kChannels];
  int16_t samples[kFftSize];
  uint16_t features[kChannels];
};

// Fills `ticks` for a frame of `samples`, FrontEndBuffers::kWindow of them, with the standard front
// end. `buffers` is zeroed.
void MeasureFrontEndStages(const int16_t* samples, FrontEndBuffers* buffers,
                           StageTicks (&ticks)[kFrontEndStages]);

}  // namespace earshot
