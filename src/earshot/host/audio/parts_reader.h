// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PartsReader: recordings that were joined to one file, one after the other; and recordings with
// holes, with silence in them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/audio/library_reader.h"
#include "earshot/host/formats/sound_header.h"
#include "earshot/host/formats/stream_parts.h"

namespace earshot::host {

class PartsReader : public FrameReader {
 public:
  // `parts`: those of the file. Throws InputError: the first cannot be decoded.
  PartsReader(std::string path, SoundHeader header, std::vector<StreamPart> parts);

  int sample_rate_hz() const override { return sample_rate_hz_; }
  int channels() const override { return channels_; }
  bool Read(size_t most_frames, std::vector<double>* interleaved) override;
  SoundFlaws Flaws() const override;

 private:
  bool Next();
  bool Open(const StreamPart& part, std::string* why);
  double BeginSeconds(const StreamPart& part, int granules_per_second) const;
  void AddHole(const StreamPart& part, int granules_per_second);
  void TakeFlaws();
  std::string HolesText() const;
  double Seconds(uint64_t frames) const { return static_cast<double>(frames) / sample_rate_hz_; }

  std::string path_;
  SoundHeader header_;
  std::vector<StreamPart> parts_;
  std::unique_ptr<LibraryReader> reader_;  // Of the part at `at_`; null behind the last.
  int sample_rate_hz_ = 0;
  int channels_ = 0;
  size_t at_ = 0;
  uint64_t frames_ = 0;  // Given so far, silence among them.
  uint64_t silence_left_ = 0;
  uint64_t recording_begin_ = 0;  // The frame at which the recording begins that is heard ...
  size_t recording_at_ = 0;       // ... and the first part of it.
  int recordings_ = 1;
  int holes_ = 0;
  uint64_t hole_begin_ = 0;  // Of the first.
  uint64_t hole_frames_ = 0;
  SoundFlaws flaws_;
};

}  // namespace earshot::host
