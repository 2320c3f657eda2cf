// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FrameReader: a recording's samples as they are stored.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/host/formats/sound_flaws.h"
#include "earshot/host/formats/sound_header.h"

namespace earshot::host {

constexpr size_t kBlockFrames = 4096;  // What is read at a time of a whole recording.

class FrameReader {
 public:
  virtual ~FrameReader() = default;

  virtual int sample_rate_hz() const = 0;
  virtual int channels() const = 0;

  // Replaces `*interleaved` by up to `most_frames` (1 or more) frames, full scale being +-1. False:
  // there are no more.
  virtual bool Read(size_t most_frames, std::vector<double>* interleaved) = 0;

  // Whether samples are stored with 16 bits, so that they can be read as they are.
  virtual bool is_sixteen_bits() const { return false; }
  // Reads as Read() does, full scale being 32768. Only where is_sixteen_bits().
  virtual bool ReadSixteenBits(size_t /*most_frames*/, std::vector<int16_t>* /*interleaved*/) {
    return false;
  }

  // Behind the end: what it lacks.
  virtual SoundFlaws Flaws() const = 0;
};

// Reads files with linear samples (earshot/host/formats/sound_header.h) itself, all others by way
// of libsndfile. Throws InputError (its text does not name the path): no such file, or not a
// recording.
std::unique_ptr<FrameReader> OpenFrames(const std::string& path);

// The same of a recording that was begun to be read, as the standard input ("-") or a file, and
// found to have no linear samples: reads it once more, from its beginning. Throws InputError as
// above, and where it is a pipe.
std::unique_ptr<FrameReader> OpenFramesAgain(const std::string& path, const SoundHeader& header);

}  // namespace earshot::host
