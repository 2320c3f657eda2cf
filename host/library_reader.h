// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LibraryReader: recordings that libsndfile decodes.
#pragma once

#include <sndfile.h>

#include <memory>
#include <string>
#include <vector>

#include "host/frame_reader.h"
#include "host/linear_reader.h"
#include "host/sound_header.h"
#include "host/standard_output.h"

namespace earshot::host {

// Goes on behind what is damaged, as far as the decoder does.
class LibraryReader : public FrameReader {
 public:
  // `header`: what ReadSoundHeader() says of the file, whose samples are not linear. Throws
  // InputError: it cannot be decoded.
  LibraryReader(const std::string& path, const SoundHeader& header);

  int sample_rate_hz() const override { return info_.samplerate; }
  int channels() const override { return info_.channels; }
  bool Read(size_t most_frames, std::vector<double>* interleaved) override;
  SoundFlaws Flaws() const override;

 private:
  struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
  };

  // A file in which the length of a RIFF file's samples is right.
  struct Source {
    OpenedFile file;
    int64_t position = 0;
    int64_t bytes = 0;
    int64_t length_at = -1;  // Where 4 bytes of length are; -1: nowhere.
    uint32_t length = 0;
  };
  static sf_count_t Size(void* source);
  static sf_count_t Seek(sf_count_t offset, int whence, void* source);
  static sf_count_t Give(void* bytes, sf_count_t count, void* source);
  static sf_count_t Tell(void* source);

  void MendLength(const SoundHeader& header);
  bool IsLossless() const;
  bool IsMpeg() const;
  bool IsExact() const;

  OnlyOurStandardError quiet_;  // Decoders write there by themselves.
  Source source_;
  SF_INFO info_ = {};
  std::unique_ptr<SNDFILE, Close> file_;
  std::string note_;  // About the length.
  uint64_t found_frames_ = 0;
  bool is_damaged_ = false;
  uint64_t damaged_at_ = 0;
};

}  // namespace earshot::host
