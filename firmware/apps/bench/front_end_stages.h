// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What each stage of the front end costs for one frame.
#pragma once

#include <cstdint>

namespace earshot {

constexpr int kFrontEndStages = 8;

struct StageTicks {
  const char* stage;
  uint32_t ticks;
};

// Fills `ticks` for a frame of `samples`, one window of the standard front end.
void MeasureFrontEndStages(const int16_t* samples, StageTicks (&ticks)[kFrontEndStages]);

}  // namespace earshot
