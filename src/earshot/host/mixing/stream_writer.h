// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// StreamWriter: mixed samples into a WAV file, and what was said into the CSV file beside it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/files/output_file.h"

struct sf_private_tag;

namespace earshot::host {

// A word that was put into a stream.
struct MixedWord {
  std::string label;
  int64_t begin = 0;  // Samples of the stream; the audible part only.
  int64_t end = 0;
  std::string source;
  double level_dbfs = 0;  // The rms of that part.
};

class StreamWriter {
 public:
  // The event list is the same path with .csv. Throws InputError, as do the others, when a file
  // cannot be written.
  explicit StreamWriter(const std::string& path);
  ~StreamWriter();

  // Writes samples in multiples of 2^-20 of a 16-bit sample, rounded to the nearest (halves up);
  // what does not fit into 16 bits is clipped and counted.
  void Write(Span<const int64_t> mix);
  void WriteWord(const MixedWord& word);

  // Puts both files in their places, which are as they were until then.
  void Finish();

  int64_t position() const { return position_; }  // Samples written so far.
  int64_t clipped() const { return clipped_; }

 private:
  struct Close {
    void operator()(sf_private_tag* file) const;
  };
  const std::string path_;
  OutputFile wav_, events_;
  std::unique_ptr<sf_private_tag, Close> file_;  // Writes to wav_.
  int64_t position_ = 0;
  int64_t clipped_ = 0;
  std::vector<int16_t> samples_;
};

}  // namespace earshot::host
