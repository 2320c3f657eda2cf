// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/spoken_clip.h"

#include <fmt/format.h>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/mixing/gain.h"

namespace earshot::host {

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
