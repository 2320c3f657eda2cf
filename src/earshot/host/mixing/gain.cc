// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/gain.h"

#include <algorithm>
#include <cmath>

namespace earshot::host {

double Power::Rms() const {
  if (samples == 0) return 0;
  return std::sqrt(static_cast<double>(sum_of_squares) / static_cast<double>(samples));
}

double RmsOfLevel(double dbfs) { return 32768.0 * std::pow(10.0, dbfs / 20.0); }

double LevelOfRms(double rms) { return 20.0 * std::log10(rms / 32768.0); }

int64_t GainTo(double dbfs, double rms) {
  const double gain = RmsOfLevel(dbfs) / rms * static_cast<double>(kUnityGain);
  return std::llrint(std::min(gain, static_cast<double>(kMaxGain)));
}

}  // namespace earshot::host
