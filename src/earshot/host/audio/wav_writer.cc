// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/wav_writer.h"

#include <fcntl.h>
#include <sndfile.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

// A WAV file's lengths have 32 bits; its header is shorter than 4 KiB.
constexpr int64_t kMostSamples = (int64_t{UINT32_MAX} - 4096) / 2;

}  // namespace

void WavWriter::Close::operator()(sf_private_tag* file) const { sf_close(file); }

WavWriter::WavWriter(const std::string& path, Existing existing) : path_(path) {
  const int how = existing == Existing::kReplace ? O_TRUNC : O_EXCL;
  // Opened here so that programs that are started do not inherit it.
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | how, 0666);
  if (file < 0) throw InputError(path + ": " + std::strerror(errno));
  if (lseek(file, 0, SEEK_CUR) < 0) {
    close(file);
    throw InputError(path + ": is a pipe; wanted a file, for a recording's header is written last");
  }
  SF_INFO info = {};
  info.samplerate = kSampleRateHz;
  info.channels = 1;
  info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  errno = 0;
  file_.reset(sf_open_fd(file, SFM_WRITE, &info, SF_TRUE));
  if (file_ == nullptr) {
    const std::string why = errno != 0 ? std::strerror(errno) : sf_strerror(nullptr);
    close(file);
    throw InputError(path + ": " + why);
  }
}

WavWriter::~WavWriter() = default;

void WavWriter::Write(Span<const int16_t> samples) {
  const auto count = static_cast<sf_count_t>(samples.size());
  if (written_ + count > kMostSamples) {
    throw InputError(path_ + ": full: a WAV file holds no more than 4 GiB, 37 hours");
  }
  errno = 0;
  if (sf_write_short(file_.get(), samples.data(), count) != count) Fail();
  written_ += count;
  if (written_ - in_header_ < kSampleRateHz) return;
  sf_command(file_.get(), SFC_UPDATE_HEADER_NOW, nullptr, 0);
  if (sf_error(file_.get()) != SF_ERR_NO_ERROR) Fail();
  in_header_ = written_;
}

void WavWriter::Finish() {
  errno = 0;
  if (sf_close(file_.release()) != 0) {
    throw InputError(path_ + ": " + (errno != 0 ? std::strerror(errno) : "cannot be written"));
  }
}

void WavWriter::Fail() const {
  throw InputError(path_ + ": " + (errno != 0 ? std::strerror(errno) : sf_strerror(file_.get())));
}

}  // namespace earshot::host
