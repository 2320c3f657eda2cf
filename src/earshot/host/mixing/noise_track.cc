// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/noise_track.h"

#include <fmt/format.h>

#include <iostream>
#include <regex>

#include "earshot/host/audio/path_list.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/number_text.h"
#include "earshot/host/mixing/gain.h"

namespace earshot::host {
namespace {

constexpr size_t kGeneratedSamples = 10 * kSampleRateHz;

// What Random is for; see there.
constexpr uint32_t kOrder = 1;
constexpr uint32_t kNoise = 2;

// Takes "@FROM-TO" off the end of `path`.
RecordingPart SplitPart(const std::string& argument) {
  static const std::regex part_pattern("(.+)@([0-9]*\\.?[0-9]+)-([0-9]*\\.?[0-9]+)");
  std::smatch match;
  if (!std::regex_match(argument, match, part_pattern)) return {argument};
  RecordingPart part = {match[1]};
  if (ReadNumber(match[2].str(), &part.from) && ReadNumber(match[3].str(), &part.to) &&
      part.from < part.to && part.to <= 1)
    return part;
  throw UsageError(
      fmt::format("{}: part: found {}-{}, wanted two shares of the recording, as 0.8-1", argument,
                  match[2].str(), match[3].str()));
}

}  // namespace

std::vector<RecordingPart> RecordingParts(const std::string& argument, BadFiles* bad) {
  RecordingPart part = SplitPart(argument);
  std::vector<RecordingPart> parts;
  for (const PathEntry& entry : ExpandPaths({part.path}, {}, std::cin)) {
    part.path = entry.path;
    if (entry.error.empty()) {
      parts.push_back(part);
    } else {
      bad->Tell(entry.path, entry.error);
    }
  }
  return parts;
}

NoiseTrack::NoiseTrack(const std::vector<std::string>& sources, double level_dbfs, uint64_t seed,
                       BadFiles* bad, int channel)
    : level_dbfs_(level_dbfs), order_(seed, kOrder), noise_(seed, kNoise), bad_(bad) {
  std::vector<Source> found;
  for (const std::string& source : sources) {
    if (source == "white" || source == "pink") {
      found.push_back({source == "white" ? Kind::kWhite : Kind::kPink, {}});
      continue;
    }
    for (RecordingPart& part : RecordingParts(source, bad)) {
      part.channel = channel;
      found.push_back({Kind::kRecording, part});
    }
  }
  sources_ = Deck<Source>(found);
  if (!sources.empty()) StartNext();
}

void NoiseTrack::StartNext() {
  while (!sources_.empty()) {
    const Source source = sources_.Draw(&order_);
    kind_ = source.kind;
    if (kind_ != Kind::kRecording) {
      generated_left_ = kGeneratedSamples;
      return;
    }
    path_ = source.part.path;
    try {
      const PartSurvey survey = Survey(source.part);
      bad_->Tell(path_, survey.flaws);
      const int64_t gain = GainTo(level_dbfs_, survey.rms);
      player_ = std::make_unique<RecordingPlayer>(source.part, survey, gain);
      return;
    } catch (const InputError& error) {
      bad_->Tell(path_, error.what());
      sources_.Drop();
    }
  }
  throw InputError("noise: none of it can be read");
}

size_t NoiseTrack::AddSomeTo(Span<int64_t> mix) {
  if (kind_ == Kind::kRecording) {
    try {
      return player_->AddTo(mix);
    } catch (const InputError& error) {
      throw InputError(path_ + ": " + error.what());
    }
  }
  const bool white = kind_ == Kind::kWhite;
  const int64_t gain = GainTo(level_dbfs_, white ? WhiteNoise::kRms : PinkNoise::kRms);
  const size_t count = std::min(mix.size(), generated_left_);
  for (size_t i = 0; i < count; ++i) {
    mix[i] += gain * (white ? white_.Next(&noise_) : pink_.Next(&noise_));
  }
  generated_left_ -= count;
  return count;
}

std::vector<std::string> NoiseTrack::paths() const {
  std::vector<std::string> paths;
  for (const Source& source : sources_.items()) {
    if (source.kind == Kind::kRecording) paths.push_back(source.part.path);
  }
  return paths;
}

void NoiseTrack::AddTo(Span<int64_t> mix) {
  if (sources_.empty()) return;
  for (size_t filled = 0; filled < mix.size();) {
    const size_t count = AddSomeTo({mix.data() + filled, mix.size() - filled});
    filled += count;
    if (filled < mix.size()) StartNext();
  }
}

}  // namespace earshot::host
