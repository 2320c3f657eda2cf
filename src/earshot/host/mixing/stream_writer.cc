// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/stream_writer.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/files/csv.h"
#include "earshot/host/mixing/gain.h"

namespace earshot::host {
namespace {}  // namespace

void StreamWriter::Close::operator()(sf_private_tag* file) const { sf_close(file); }

StreamWriter::StreamWriter(const std::string& path)
    : path_(path), wav_(path), events_(EventListOf(path)) {
  SF_INFO info = {};
  info.samplerate = kSampleRateHz;
  info.channels = 1;
  info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  file_.reset(sf_open_fd(wav_.descriptor(), SFM_WRITE, &info, SF_FALSE));
  if (file_ == nullptr) throw InputError(path + ": " + sf_strerror(nullptr));
  events_.Write("label,start,end,source,level_dbfs\n");
}

StreamWriter::~StreamWriter() = default;

void StreamWriter::Write(Span<const int64_t> mix) {
  samples_.clear();
  for (const int64_t exact : mix) {
    // Shifting a negative number rounds down, as it must here.
    const int64_t rounded = (exact + kUnityGain / 2) >> kGainBits;
    const int64_t clipped = std::clamp<int64_t>(rounded, INT16_MIN, INT16_MAX);
    clipped_ += rounded != clipped ? 1 : 0;
    samples_.push_back(static_cast<int16_t>(clipped));
  }
  const auto count = static_cast<sf_count_t>(samples_.size());
  errno = 0;
  if (sf_write_short(file_.get(), samples_.data(), count) != count) {
    throw InputError(path_ + ": " + (errno != 0 ? std::strerror(errno) : sf_strerror(file_.get())));
  }
  position_ += count;
}

void StreamWriter::WriteWord(const MixedWord& word) {
  events_.Write(fmt::format("{},{:.4f},{:.4f},{},{:.1f}\n", CsvCell(word.label),
                            SecondsOfSamples(word.begin), SecondsOfSamples(word.end),
                            CsvCell(word.source), word.level_dbfs));
}

void StreamWriter::Finish() {
  errno = 0;
  if (sf_close(file_.release()) != 0) {
    throw InputError(path_ + ": " + (errno != 0 ? std::strerror(errno) : "cannot be written"));
  }
  // What may fail comes first, so that there are both or none.
  wav_.Flush();
  events_.Flush();
  wav_.Commit();
  events_.Commit();
}

}  // namespace earshot::host
