// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/linear_reader.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "host/errors.h"

namespace earshot::host {
namespace {

// Bytes of the file from `begin` on; none of a pipe.
size_t Look(std::FILE* file, uint64_t begin, Span<uint8_t> bytes) {
  struct stat status = {};
  if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  const ssize_t size = pread(fileno(file), bytes.data(), bytes.size(), static_cast<off_t>(begin));
  return size > 0 ? static_cast<size_t>(size) : 0;
}

// A length of 2 GiB or more is open, unless the file bears it out: it, or another chunk, comes to
// an end just there.
std::optional<uint64_t> ConfirmedLength(std::FILE* file, const SoundHeader& header) {
  if (!header.huge_bytes) return header.data_bytes;
  const auto begin = static_cast<uint64_t>(ftello(file)) - header.taken.size();
  std::array<uint8_t, kLookBytes> next;
  const uint64_t end = begin + *header.huge_bytes;
  if (Look(file, end - 1, {next.data(), 1}) == 0) return std::nullopt;  // Not so long.
  const size_t size = Look(file, end + end % 2, {next.data(), next.size()});
  const bool ends = size == 0 || LooksLikeChunk({next.data(), size});
  return ends ? header.huge_bytes : std::nullopt;
}

}  // namespace

size_t ReadBytes(std::FILE* file, Span<uint8_t> bytes) {
  const size_t size = std::fread(bytes.data(), 1, bytes.size(), file);
  if (std::ferror(file) != 0) throw InputError(std::strerror(errno));
  return size;
}

SoundFlaws Shortage(uint64_t promised_frames, uint64_t found_frames, int sample_rate_hz) {
  SoundFlaws flaws;
  const auto seconds = [sample_rate_hz](uint64_t frames) {
    return static_cast<double>(frames) / sample_rate_hz;
  };
  flaws.end_seconds = seconds(found_frames);
  if (found_frames >= promised_frames) return flaws;
  flaws.missing_seconds = seconds(promised_frames - found_frames);
  flaws.note =
      fmt::format("the header promises {} samples ({:.3f} s), there are {} ({:.3f} s)",
                  promised_frames, seconds(promised_frames), found_frames, seconds(found_frames));
  return flaws;
}

bool IsSoundBehind(Span<const uint8_t> next, size_t frame_bytes) {
  if (next.size() < kLookBytes + frame_bytes) return false;
  const auto is_name = [&next](size_t at) {
    return std::all_of(next.begin() + at, next.begin() + at + 3,
                       [](uint8_t byte) { return byte >= ' ' && byte <= '~'; });
  };
  return !is_name(0) && !is_name(1);  // An odd length may be filled up.
}

void AddSoundBehind(uint64_t promised_frames, SoundFlaws* flaws) {
  flaws->note = fmt::format(
      "the header tells of {} samples ({:.3f} s); there is more behind them, which is not heard",
      promised_frames, flaws->end_seconds);
}

LinearReader::LinearReader(OpenedFile file, SoundHeader header)
    : file_(std::move(file)),
      format_(*header.linear),
      note_(header.note),
      promised_bytes_(ConfirmedLength(file_.get(), header).value_or(UINT64_MAX)),
      bytes_left_(promised_bytes_) {
  taken_ = std::move(header.taken);
}

bool LinearReader::Read(size_t most_frames, std::vector<double>* interleaved) {
  bytes_.resize(static_cast<size_t>(
      std::min<uint64_t>(uint64_t{most_frames} * format_.frame_bytes(), bytes_left_)));
  const size_t before = std::min(taken_.size(), bytes_.size());
  std::copy_n(taken_.begin(), before, bytes_.begin());
  taken_.erase(taken_.begin(), taken_.begin() + static_cast<ptrdiff_t>(before));
  bytes_.resize(before + ReadBytes(file_.get(), Span<uint8_t>(bytes_).subspan(before)));
  bytes_left_ -= bytes_.size();
  found_bytes_ += bytes_.size();
  // Half a frame, at the end only, is passed over.
  bytes_.resize(bytes_.size() / format_.frame_bytes() * format_.frame_bytes());
  DecodeSamples(format_, bytes_, interleaved);
  if (bytes_.empty()) has_sound_behind_ = BehindIsSound();
  return !bytes_.empty();
}

bool LinearReader::BehindIsSound() {
  if (bytes_left_ > 0 || !taken_.empty()) return false;
  std::vector<uint8_t> next(kLookBytes + format_.frame_bytes());
  next.resize(Look(file_.get(), static_cast<uint64_t>(ftello(file_.get())), next));
  return IsSoundBehind(next, format_.frame_bytes());
}

SoundFlaws LinearReader::Flaws() const {
  const uint64_t found = found_bytes_ / format_.frame_bytes();
  const uint64_t promised =
      promised_bytes_ == UINT64_MAX ? found : promised_bytes_ / format_.frame_bytes();
  SoundFlaws flaws = Shortage(promised, found, format_.sample_rate_hz);
  if (has_sound_behind_) AddSoundBehind(promised, &flaws);
  AddSentence(note_, &flaws.note);
  return flaws;
}

}  // namespace earshot::host
