// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Pictures and sound of parts of recordings, as they stand inside the report.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/classification/feature_extractor.h"

namespace earshot::host {

// "data:<type>;base64,..." (RFC 2397, RFC 4648).
std::string DataUri(const std::string& type, const std::string& bytes);

// A WAV file: 16 kHz, mono, 16 bits.
std::string WavBytes(Span<const int16_t> samples);

// A part of a recording.
struct Media {
  std::string error;         // Why there is neither picture nor sound; empty: there is.
  std::string sound;         // A data URI; empty where the report would become too large.
  std::string picture;       // A data URI: the front end's features, low channels at the bottom.
  double picture_start = 0;  // Seconds of the recording that the picture shows.
  double picture_end = 0;
};

// Reads parts of recordings. Those of one recording are read fastest by rising start.
class MediaReader {
 public:
  // All sounds together have at most so many bytes of the report; later ones are left out.
  // `channel`: as AudioFile().
  explicit MediaReader(size_t most_sound_bytes, int channel = kAllChannels);
  ~MediaReader();

  // From `start` to `end`, seconds, or to the recording's end where that comes before. The front
  // end hears one second before the start too, as it would in the stream.
  Media Read(const std::string& path, double start, double end);

  size_t sounds_left_out() const { return sounds_left_out_; }

 private:
  void Load(const std::string& path, int64_t begin, int64_t end);
  void Picture(int64_t begin, size_t count, Media* media);

  size_t sound_bytes_left_;
  size_t sounds_left_out_ = 0;
  FeatureExtractor extractor_;
  int channel_;
  std::unique_ptr<AudioFile> file_;  // Read up to the end of `samples_`.
  std::string path_;
  int64_t samples_begin_ = 0;  // Where in the recording `samples_` lie.
  std::vector<int16_t> samples_;
};

}  // namespace earshot::host
