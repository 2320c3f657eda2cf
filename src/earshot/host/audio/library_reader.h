// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LibraryReader: recordings that libsndfile decodes.
#pragma once

#include <sndfile.h>

#include <memory>
#include <string>
#include <vector>

#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/audio/linear_reader.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/formats/sound_header.h"
#include "earshot/host/formats/stream_parts.h"

namespace earshot::host {

// Goes on behind what is damaged, as far as the decoder does. Of recordings that were joined to one
// file, or that have a hole, one part.
class LibraryReader : public FrameReader {
 public:
  // `header`: what ReadSoundHeader() says of the file, whose samples are not linear. Throws
  // InputError: it cannot be decoded.
  LibraryReader(const std::string& path, const SoundHeader& header, const StreamPart& part);

  int sample_rate_hz() const override { return info_.samplerate; }
  int channels() const override { return info_.channels; }
  bool Read(size_t most_frames, std::vector<double>* interleaved) override;
  SoundFlaws Flaws() const override;

  // In which unit Ogg pages tell the time: samples, but of Opus always at 48 kHz.
  int granules_per_second() const;

 private:
  struct Close {
    void operator()(SNDFILE* file) const { sf_close(file); }
  };

  // Bytes of a file, some of them in another way than they are there.
  struct Source {
    OpenedFile file;
    std::vector<ByteRange> ranges;
    int64_t position = 0;
    int64_t bytes = 0;
    int64_t patch_at = -1;  // -1: nowhere.
    std::vector<uint8_t> patch;
    // Of MP3: who knows the end estimates from it how many samples there are, and stops behind
    // those, however many follow.
    bool hides_end = false;
  };
  static sf_count_t Size(void* source);
  static sf_count_t Seek(sf_count_t offset, int whence, void* source);
  static sf_count_t Give(void* bytes, sf_count_t count, void* source);
  static sf_count_t Tell(void* source);

  void MendLength(const SoundHeader& header);
  void OpenFlacLength(int64_t flac_at);
  uint64_t PromisedFrames() const;
  void LeaveOutSoundBehind(const SoundHeader& header);
  bool IsStoredInBlocks() const;
  bool IsMpeg() const;
  bool IsExact() const;

  OnlyOurStandardError quiet_;  // Decoders write there by themselves.
  Source source_;
  SF_INFO info_ = {};
  std::unique_ptr<SNDFILE, Close> file_;
  std::string header_note_;
  std::string note_;     // About the length.
  SoundFlaws damage_;    // Of the part.
  uint64_t stated_ = 0;  // Frames, of FLAC and of WAV files with blocks; 0: unknown.
  uint64_t found_frames_ = 0;
  bool is_damaged_ = false;
  uint64_t damaged_at_ = 0;
};

}  // namespace earshot::host
