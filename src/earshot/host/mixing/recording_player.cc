// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/recording_player.h"

#include <algorithm>
#include <array>

#include "earshot/host/errors.h"
#include "earshot/host/mixing/gain.h"

namespace earshot::host {
namespace {

using Block = std::array<int16_t, 4096>;

// Calls `use(position, sample)` for each sample of the recording; returns how many there were, and
// in
// `*flaws` what it lacks.
template <typename Use>
int64_t ForEachSample(const RecordingPart& part, SoundFlaws* flaws, const Use& use) {
  AudioFile file(part.path, part.channel);
  Block block;
  int64_t position = 0;
  while (const size_t count = file.Read({block.data(), block.size()})) {
    for (size_t i = 0; i < count; ++i) use(position++, block[i]);
  }
  *flaws = file.FlawsOfSome();
  return position;
}

}  // namespace

PartSurvey Survey(const RecordingPart& part) {
  PartSurvey survey;
  if (ComesOnce(part.path)) throw InputError("comes only once, as from a pipe: wanted a file");
  survey.converted = AudioFile(part.path).format().converted();
  Power power;
  const int64_t samples =
      ForEachSample(part, &survey.flaws, [&power](int64_t, int16_t sample) { power.Add(sample); });
  survey.begin = static_cast<int64_t>(part.from * static_cast<double>(samples));
  survey.end = static_cast<int64_t>(part.to * static_cast<double>(samples));
  if (survey.begin > 0 || survey.end < samples) {  // Only now it is known where the part lies.
    power = {};
    ForEachSample(part, &survey.flaws, [&](int64_t position, int16_t sample) {
      if (position >= survey.begin && position < survey.end) power.Add(sample);
    });
  }
  if (power.samples == 0) throw InputError("no samples");
  if (power.sum_of_squares == 0) throw InputError("nothing but zeros");
  survey.rms = power.Rms();
  return survey;
}

RecordingPlayer::RecordingPlayer(const RecordingPart& part, const PartSurvey& survey, int64_t gain)
    : file_(part.path, part.channel),
      begin_(survey.begin),
      end_(survey.end),
      position_(survey.begin),
      gain_(gain) {
  Block block;
  for (int64_t left = begin_; left > 0;) {
    const auto wanted = static_cast<size_t>(std::min<int64_t>(left, block.size()));
    const size_t count = file_.Read({block.data(), wanted});
    if (count == 0) throw InputError("ends earlier than it did before");
    left -= static_cast<int64_t>(count);
  }
}

size_t RecordingPlayer::AddTo(Span<int64_t> mix) {
  block_.resize(
      static_cast<size_t>(std::min<int64_t>(static_cast<int64_t>(mix.size()), samples_left())));
  if (file_.Read({block_.data(), block_.size()}) < block_.size()) {
    throw InputError("ends earlier than it did before");
  }
  for (size_t i = 0; i < block_.size(); ++i, ++position_) {
    mix[i] += block_[i] * std::min(Faded(gain_, position_ - begin_, kFadeSamples),
                                   Faded(gain_, end_ - 1 - position_, kFadeSamples));
  }
  return block_.size();
}

}  // namespace earshot::host
