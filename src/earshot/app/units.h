// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The units in which scores and times are counted, as numbers for people.
#pragma once

#include <cstdint>

namespace earshot {

constexpr int kSampleRateHz = 16000;  // Of what a spotter hears.
constexpr int kSamplesPerMs = kSampleRateHz / 1000;
constexpr double kMsPerSecond = 1000;
constexpr double kQ8One = 256;  // Scores are Q0.8.

constexpr double ScoreOf(uint8_t q8) { return q8 / kQ8One; }
constexpr double SecondsOfMs(int64_t milliseconds) {
  return static_cast<double>(milliseconds) / kMsPerSecond;
}
constexpr double SecondsOfSamples(int64_t samples) {
  return static_cast<double>(samples) / kSampleRateHz;
}

}  // namespace earshot
