// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Linear fades, so that nothing begins or ends with a click.
#pragma once

#include <cstdint>

namespace earshot::host {

constexpr int64_t kFadeSamples = 160;  // 10 ms at 16 kHz.

// `gain` of the sample that has `distance` samples between itself and the end of what is played, of
// which the outermost `fade` are faded. No fade: 0.
inline int64_t Faded(int64_t gain, int64_t distance, int64_t fade) {
  return distance + 1 < fade ? gain * (distance + 1) / fade : gain;
}

}  // namespace earshot::host
