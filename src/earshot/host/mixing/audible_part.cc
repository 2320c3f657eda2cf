// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/audible_part.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace earshot::host {
namespace {

constexpr size_t kFrameSamples = 160;       // 10 ms.
constexpr size_t kLongestPauseFrames = 15;  // 150 ms.
constexpr double kShareOfTheWay = 1.0 / 3;
constexpr double kDeepestBelowPeakDb = 35;
constexpr double kLeastBelowPeakDb = 6;

// The mean square of each frame around the clip's mean.
std::vector<double> FramePowers(Span<const int16_t> clip) {
  int64_t sum = 0;
  for (const int16_t sample : clip) sum += sample;
  const double mean = static_cast<double>(sum) / static_cast<double>(clip.size());

  std::vector<double> powers;
  for (size_t begin = 0; begin < clip.size(); begin += kFrameSamples) {
    const size_t end = std::min(begin + kFrameSamples, clip.size());
    double squares = 0;
    for (size_t i = begin; i < end; ++i) squares += (clip[i] - mean) * (clip[i] - mean);
    powers.push_back(squares / static_cast<double>(end - begin));
  }
  return powers;
}

double Db(double power) { return 10 * std::log10(std::max(power, 1.0)); }

// In dB; see the header.
double Threshold(const std::vector<double>& powers) {
  std::vector<double> sorted = powers;
  std::sort(sorted.begin(), sorted.end());
  const double floor = Db(sorted[sorted.size() / 10]);
  const double peak = Db(sorted.back());
  const double threshold =
      std::max(floor + (peak - floor) * kShareOfTheWay, peak - kDeepestBelowPeakDb);
  return std::min(threshold, peak - kLeastBelowPeakDb);
}

}  // namespace

AudiblePart FindAudiblePart(Span<const int16_t> clip) {
  if (clip.empty()) return {};
  const std::vector<double> powers = FramePowers(clip);
  if (*std::max_element(powers.begin(), powers.end()) <= 1) return {};
  const double threshold = Threshold(powers);

  AudiblePart best, part;  // In frames.
  double best_energy = 0, energy = 0;
  for (size_t frame = 0; frame < powers.size(); ++frame) {
    if (Db(powers[frame]) <= threshold) continue;
    if (part.empty() || frame - part.end > kLongestPauseFrames) {
      part.begin = frame;
      energy = 0;
    }
    part.end = frame + 1;
    energy += powers[frame];
    if (energy > best_energy) {
      best = part;
      best_energy = energy;
    }
  }
  return {best.begin * kFrameSamples, std::min(best.end * kFrameSamples, clip.size())};
}

}  // namespace earshot::host
