// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LinearReader: the samples behind a header that earshot/host/formats/sound_header.h reads.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/formats/sound_header.h"

namespace earshot::host {

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using OpenedFile = std::unique_ptr<std::FILE, CloseFile>;

// Opens it for LinearReader; null: it cannot be opened.
OpenedFile OpenFile(const std::string& path);

// Fills the bytes and returns how many there were, fewer only at the end. Throws InputError.
size_t ReadBytes(std::FILE* file, Span<uint8_t> bytes);

class LinearReader : public FrameReader {
 public:
  // `file`, of OpenFile(), stands behind what was read of it for `header`, which is `linear`. It
  // may be a pipe.
  LinearReader(OpenedFile file, SoundHeader header);

  int sample_rate_hz() const override { return format_.sample_rate_hz; }
  int channels() const override { return format_.channels; }
  bool Read(size_t most_frames, std::vector<double>* interleaved) override;
  bool is_sixteen_bits() const override { return IsSixteenBits(format_); }
  bool ReadSixteenBits(size_t most_frames, std::vector<int16_t>* interleaved) override;
  SoundFlaws Flaws() const override;

 private:
  bool ReadFrames(size_t most_frames);
  bool GoOn();

  OpenedFile file_;
  LinearFormat format_;
  std::string note_;            // About the header, and what is behind the samples.
  std::vector<uint8_t> taken_;  // Bytes of samples that come before those of the file.
  uint64_t promised_bytes_;     // UINT64_MAX: none.
  uint64_t bytes_left_;
  uint64_t found_bytes_ = 0;
  bool is_riff_;
  bool is_over_ = false;        // Nothing is heard any more.
  std::vector<uint8_t> bytes_;  // Of ReadFrames().
};

// What to tell of a header that promises more frames than there are; no note where they are as
// many.
SoundFlaws Shortage(uint64_t promised_frames, uint64_t found_frames, int sample_rate_hz);

}  // namespace earshot::host
