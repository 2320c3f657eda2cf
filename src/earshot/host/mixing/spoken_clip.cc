// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/spoken_clip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/mixing/gain.h"

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

SpokenClip ReadSpokenClip(const std::string& path, int channel) {
  constexpr size_t kMost = size_t{kLongestClipSeconds} * kSampleRateHz;
  if (ComesOnce(path)) throw InputError("comes only once, as from a pipe: wanted a file");
  AudioFile file(path, channel);
  SpokenClip clip;
  clip.converted = file.format().converted();
  clip.samples.resize(kMost + 1);
  clip.samples.resize(file.Read({clip.samples.data(), clip.samples.size()}));
  clip.flaws = file.FlawsOfSome();
  if (clip.samples.size() > kMost) {
    throw InputError(fmt::format("found more than {} s, wanted one word", kLongestClipSeconds));
  }
  clip.word = FindAudiblePart({clip.samples.data(), clip.samples.size()});
  Power power;
  for (size_t i = clip.word.begin; i < clip.word.end; ++i) power.Add(clip.samples[i]);
  clip.rms = power.Rms();
  if (clip.word.empty() || clip.rms == 0) throw InputError("nothing can be heard in it");
  return clip;
}

}  // namespace earshot::host
