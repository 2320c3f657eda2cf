// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/parts_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "earshot/host/errors.h"
#include "earshot/host/formats/sound_behind.h"

namespace earshot::host {
namespace {

// A hole that is longer is taken for a wrong time of its pages.
constexpr int64_t kLongestHoleSeconds = 3600;

}  // namespace

PartsReader::PartsReader(std::string path, SoundHeader header, std::vector<StreamPart> parts)
    : path_(std::move(path)), header_(std::move(header)), parts_(std::move(parts)) {
  reader_ = std::make_unique<LibraryReader>(path_, header_, parts_[0]);
  sample_rate_hz_ = reader_->sample_rate_hz();
  channels_ = reader_->channels();
  if (parts_[0].is_behind_hole) AddHole(parts_[0], reader_->granules_per_second());
}

bool PartsReader::Read(size_t most_frames, std::vector<double>* interleaved) {
  do {
    if (silence_left_ > 0) {
      const auto count = static_cast<size_t>(std::min<uint64_t>(most_frames, silence_left_));
      interleaved->assign(count * static_cast<size_t>(channels_), 0.0);
      silence_left_ -= count;
      frames_ += count;
      return true;
    }
    if (reader_ != nullptr && reader_->Read(most_frames, interleaved)) {
      frames_ += interleaved->size() / static_cast<size_t>(channels_);
      return true;
    }
  } while (Next());
  return false;
}

// Goes on to the next part that can be heard. False: there is none.
bool PartsReader::Next() {
  if (reader_ == nullptr) return false;
  TakeFlaws();
  while (++at_ < parts_.size()) {
    const StreamPart& part = parts_[at_];
    std::string why;
    if (Open(part, &why)) return true;
    if (part.continues) continue;  // It becomes part of the hole.
    uint64_t bytes = 0;
    for (size_t i = at_; i < parts_.size(); ++i) {
      bytes += static_cast<uint64_t>(parts_[i].bytes.back().size());
    }
    AddSentence(UnheardText(bytes, why), &flaws_.note);
    break;
  }
  reader_ = nullptr;
  return false;
}

bool PartsReader::Open(const StreamPart& part, std::string* why) {
  try {
    auto reader = std::make_unique<LibraryReader>(path_, header_, part);
    if (reader->sample_rate_hz() != sample_rate_hz_ || reader->channels() != channels_) {
      *why = fmt::format("channels: {}, at {} Hz, not {}, at {} Hz", reader->channels(),
                         reader->sample_rate_hz(), channels_, sample_rate_hz_);
      return false;
    }
    if (!part.continues) {
      recording_begin_ = frames_;
      recording_at_ = at_;
      ++recordings_;
    }
    if (part.is_behind_hole) AddHole(part, reader->granules_per_second());
    reader_ = std::move(reader);
    return true;
  } catch (const InputError& error) {
    *why = error.what();
    return false;
  }
}

// The time of its first page is where the sound of that page ends; so it begins earlier by what
// there is to decode up to there. What Opus does not count at the beginning of a recording,
// libsndfile takes away at the end of a part that begins later.
double PartsReader::BeginSeconds(const StreamPart& part, int granules_per_second) const {
  StreamPart first = part;
  first.bytes = part.first_bytes;
  LibraryReader reader(path_, header_, first);
  std::vector<double> block;
  uint64_t decoded = 0;
  while (reader.Read(kBlockFrames, &block)) {
    decoded += block.size() / static_cast<size_t>(channels_);
  }
  const auto end = static_cast<double>(part.first_granule - 2 * part.pre_skip);
  return std::max(end / granules_per_second - Seconds(decoded), 0.0);
}

void PartsReader::AddHole(const StreamPart& part, int granules_per_second) {
  const StreamPart& first = parts_[recording_at_];
  const double begin = first.is_behind_hole ? 0 : BeginSeconds(first, granules_per_second);
  const double seconds =
      BeginSeconds(part, granules_per_second) - begin - Seconds(frames_ - recording_begin_);
  if (seconds > kLongestHoleSeconds) {
    AddSentence(fmt::format("sound is missing at {:.3f} s (Ogg pages lost or damaged), it is not "
                            "known how much; what is behind it is heard at once",
                            Seconds(frames_)),
                &flaws_.error);
    return;
  }
  silence_left_ = static_cast<uint64_t>(std::llround(std::max(seconds, 0.0) * sample_rate_hz_));
  if (silence_left_ == 0) return;
  if (holes_++ == 0) hole_begin_ = frames_;
  hole_frames_ += silence_left_;
}

void PartsReader::TakeFlaws() {
  const auto is_behind_hole = [this](size_t part) {
    return part < parts_.size() && parts_[part].is_behind_hole;
  };
  // A decoder does not know where its part of a recording lies.
  const bool has_hole = is_behind_hole(at_) || is_behind_hole(at_ + 1);
  const SoundFlaws flaws = has_hole ? parts_[at_].damage : reader_->Flaws();
  const bool is_only = std::count_if(parts_.begin(), parts_.end(),
                                     [](const StreamPart& part) { return !part.continues; }) == 1;
  const std::string where = is_only ? ""
                                    : fmt::format("recording {}, from {:.3f} s on: ", recordings_,
                                                  Seconds(recording_begin_));
  if (!flaws.note.empty()) AddSentence(where + flaws.note, &flaws_.note);
  if (!flaws.error.empty()) AddSentence(where + flaws.error, &flaws_.error);
  flaws_.missing_seconds = flaws.missing_seconds;  // Of the last part, behind its end.
}

std::string PartsReader::HolesText() const {
  if (holes_ == 0) return "";
  const std::string all = holes_ == 1 ? "" : fmt::format(" in {} places, the first", holes_);
  return fmt::format(
      "{:.3f} s are missing{} at {:.3f} s (Ogg pages lost or damaged), heard as "
      "silence",
      Seconds(hole_frames_), all, Seconds(hole_begin_));
}

SoundFlaws PartsReader::Flaws() const {
  SoundFlaws flaws = flaws_;
  flaws.end_seconds = Seconds(frames_);
  AddSentence(HolesText(), &flaws.error);
  return flaws;
}

}  // namespace earshot::host
