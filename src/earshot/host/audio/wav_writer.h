// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// WavWriter: 16 kHz mono 16-bit samples into a WAV file, bit for bit.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "earshot/base/span.h"

struct sf_private_tag;

namespace earshot::host {

class WavWriter {
 public:
  enum class Existing { kReplace, kKeep };

  // Throws InputError, as every function here: the file cannot be written, or is there already and
  // to be kept.
  WavWriter(const std::string& path, Existing existing);
  ~WavWriter();

  // The header says about once a second what there is, so that a program that is killed leaves a
  // good file.
  void Write(Span<const int16_t> samples);

  // Completes the file. Once; without it the destructor does so and says nothing.
  void Finish();

  const std::string& path() const { return path_; }

 private:
  struct Close {
    void operator()(sf_private_tag* file) const;
  };
  [[noreturn]] void Fail() const;

  std::string path_;
  std::unique_ptr<sf_private_tag, Close> file_;
  int64_t written_ = 0;
  int64_t in_header_ = 0;
};

}  // namespace earshot::host
