// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/linear_reader.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "earshot/host/errors.h"
#include "earshot/host/formats/sound_behind.h"

namespace earshot::host {
namespace {

// How many there are; none of a pipe.
std::optional<uint64_t> FileSize(std::FILE* file) {
  struct stat status = {};
  if (fstat(fileno(file), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<uint64_t>(status.st_size);
}

// Bytes of the file from `begin` on; none of a pipe.
size_t Look(std::FILE* file, uint64_t begin, Span<uint8_t> bytes) {
  if (!FileSize(file)) return 0;
  const ssize_t size = pread(fileno(file), bytes.data(), bytes.size(), static_cast<off_t>(begin));
  return size > 0 ? static_cast<size_t>(size) : 0;
}

// A length of 2 GiB or more is open, unless the file bears it out: it, or another chunk, comes to
// an end just there.
std::optional<uint64_t> ConfirmedLength(std::FILE* file, const SoundHeader& header) {
  if (!header.huge_bytes) return header.data_bytes;
  const auto begin = static_cast<uint64_t>(ftello(file)) - header.taken.size();
  std::array<uint8_t, 8> next;
  const uint64_t end = begin + *header.huge_bytes;
  if (Look(file, end - 1, {next.data(), 1}) == 0) return std::nullopt;  // Not so long.
  const size_t size = Look(file, end + end % 2, {next.data(), next.size()});
  const bool ends = size == 0 || LooksLikeChunk({next.data(), size});
  return ends ? header.huge_bytes : std::nullopt;
}

// What comes within a moment; of a file, that is all.
size_t ReadAtOnce(std::FILE* file, Span<uint8_t> bytes) {
  constexpr int kMomentMs = 50;
  size_t size = 0;
  pollfd wanted = {fileno(file), POLLIN, 0};
  while (size < bytes.size() && poll(&wanted, 1, kMomentMs) > 0) {
    const ssize_t more = read(wanted.fd, bytes.data() + size, bytes.size() - size);
    if (more <= 0) break;
    size += static_cast<size_t>(more);
  }
  return size;
}

}  // namespace

OpenedFile OpenFile(const std::string& path) {
  OpenedFile file(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"));
  // ReadAtOnce() reads past the buffer.
  if (file != nullptr) std::setvbuf(file.get(), nullptr, _IONBF, 0);
  return file;
}

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

LinearReader::LinearReader(OpenedFile file, SoundHeader header)
    : file_(std::move(file)),
      format_(*header.linear),
      note_(header.note),
      promised_bytes_(ConfirmedLength(file_.get(), header).value_or(UINT64_MAX)),
      bytes_left_(promised_bytes_),
      is_riff_(header.riff_data_begin > 0) {
  taken_ = std::move(header.taken);
}

bool LinearReader::Read(size_t most_frames, std::vector<double>* interleaved) {
  const bool is_more = ReadFrames(most_frames);
  DecodeSamples(format_, bytes_, interleaved);
  return is_more;
}

bool LinearReader::ReadSixteenBits(size_t most_frames, std::vector<int16_t>* interleaved) {
  const bool is_more = ReadFrames(most_frames);
  DecodeSixteenBits(format_, bytes_, interleaved);
  return is_more;
}

// Replaces `bytes_` by those of up to `most_frames`. False: there are no more.
bool LinearReader::ReadFrames(size_t most_frames) {
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
  if (!bytes_.empty()) return true;
  is_over_ = is_over_ || !GoOn();
  return !is_over_ && ReadFrames(most_frames);
}

// Behind the samples that the header tells of; false: nothing is heard any more.
bool LinearReader::GoOn() {
  if (bytes_left_ > 0) return false;
  const std::optional<uint64_t> size = FileSize(file_.get());
  std::optional<uint64_t> behind;
  if (size) {
    const auto begin = static_cast<uint64_t>(ftello(file_.get())) - taken_.size();
    behind = *size - std::min(*size, begin);
  }
  const auto read = [this](Span<uint8_t> bytes) {
    const size_t before = std::min(taken_.size(), bytes.size());
    std::copy_n(taken_.begin(), before, bytes.begin());
    taken_.erase(taken_.begin(), taken_.begin() + static_cast<ptrdiff_t>(before));
    return before + ReadAtOnce(file_.get(), bytes.subspan(before));
  };
  SoundBehind found = ReadSoundBehind(read, format_, is_riff_, behind);
  AddSentence(found.unheard, &note_);
  if (!found.next) return false;
  AddSentence(found.next->note, &note_);
  const std::optional<uint64_t> length = ConfirmedLength(file_.get(), *found.next);
  bytes_left_ = length.value_or(UINT64_MAX);
  promised_bytes_ = length ? promised_bytes_ + *length : UINT64_MAX;
  is_riff_ = is_riff_ || found.next->riff_data_begin > 0;
  taken_ = std::move(found.next->taken);
  return true;
}

SoundFlaws LinearReader::Flaws() const {
  const uint64_t found = found_bytes_ / format_.frame_bytes();
  const uint64_t promised =
      promised_bytes_ == UINT64_MAX ? found : promised_bytes_ / format_.frame_bytes();
  SoundFlaws flaws = Shortage(promised, found, format_.sample_rate_hz);
  AddSentence(note_, &flaws.note);
  return flaws;
}

}  // namespace earshot::host
