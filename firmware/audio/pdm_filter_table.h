// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The second stage of firmware/audio/pdm_decimator.h. Made by design_decimator.py; do not edit.
//
// With the first stage, -0.047 to +0.048 dB up to 7000 Hz; alone,
// -63.3 dB from 9000 Hz on. Sum of magnitudes 33252.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot {

constexpr size_t kPdmFilterTaps = 104;
constexpr int kPdmFilterFractionBits = 14;

// clang-format off
inline constexpr int16_t kPdmFilter[kPdmFilterTaps] = {
    2, -3, -9, -16, -20, -17, -6, 10, 22, 24, 11, -12, -33,
    -38, -22, 12, 46, 58, 37, -11, -62, -85, -60, 7, 82, 121,
    92, 2, -107, -169, -138, -17, 137, 234, 205, 43, -176, -329, -308,
    -90, 233, 484, 491, 185, -331, -802, -918, -460, 580, 1960, 3261, 4048,
    4048, 3261, 1960, 580, -460, -918, -802, -331, 185, 491, 484, 233, -90,
    -308, -329, -176, 43, 205, 234, 137, -17, -138, -169, -107, 2, 92,
    121, 82, 7, -60, -85, -62, -11, 37, 58, 46, 12, -22, -38,
    -33, -12, 11, 24, 22, 10, -6, -17, -20, -16, -9, -3, 2,
};
// clang-format on

}  // namespace earshot
