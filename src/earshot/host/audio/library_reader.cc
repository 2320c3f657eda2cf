// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/library_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "earshot/host/errors.h"
#include "earshot/host/files/file_bytes.h"
#include "earshot/host/formats/format_chunks.h"
#include "earshot/host/formats/sound_behind.h"

namespace earshot::host {
namespace {

constexpr int kSampleTypes[] = {SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8, SF_FORMAT_PCM_16,
                                SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT,
                                SF_FORMAT_DOUBLE, SF_FORMAT_ULAW,   SF_FORMAT_ALAW};

// How often a decoder may fail at one place before it is believed.
constexpr int kMostTries = 100;

// libsndfile keeps the error of a failed sf_open() in a global variable.
std::mutex& OpenMutex() {
  static std::mutex mutex;
  return mutex;
}

[[noreturn]] void Refuse(const std::string& path, const SoundKind& kind) {
  if (kind.name.empty()) throw InputError("no sound of a format that is known");
  if (!kind.is_sound) throw InputError("no sound: " + kind.name);
  if (kind.is_decoded) throw InputError(kind.name + " that is damaged or not supported");
  const std::string name = std::filesystem::path(path).filename().string();
  throw InputError(kind.name + ", which nothing here decodes; convert it, as with ffmpeg -i " +
                   (path == "/dev/stdin" ? "-" : name) + " converted.wav");
}

}  // namespace

LibraryReader::LibraryReader(const std::string& path, const SoundHeader& header,
                             const StreamPart& part)
    : header_note_(header.note), damage_(part.damage) {
  source_.file.reset(std::fopen(path.c_str(), "rbe"));
  if (source_.file == nullptr) Refuse(path, header.kind);
  source_.ranges = part.bytes;
  for (const ByteRange& range : source_.ranges) source_.bytes += range.size();
  MendLength(header);
  LeaveOutSoundBehind(header);
  source_.hides_end = header.kind.name == "an MP3 file";
  if (part.flac_at >= 0) OpenFlacLength(part.flac_at);
  SF_VIRTUAL_IO io = {Size, Seek, Give, nullptr, Tell};
  const std::lock_guard<std::mutex> lock(OpenMutex());
  file_.reset(sf_open_virtual(&io, SFM_READ, &info_, &source_));
  if (file_ == nullptr) Refuse(path, header.kind);
}

void LibraryReader::MendLength(const SoundHeader& header) {
  const auto begin = static_cast<int64_t>(header.riff_data_begin);
  const int64_t there = source_.bytes - begin;
  const int64_t claimed = static_cast<int64_t>(header.data_bytes.value_or(0));
  if (begin < 4 || there > UINT32_MAX || (header.data_bytes && claimed <= there)) return;
  source_.patch_at = begin - 4;
  for (int i = 0; i < 4; ++i) source_.patch.push_back(static_cast<uint8_t>(there >> (8 * i)));
  if (!header.data_bytes) return;
  note_ = fmt::format("the header promises {} bytes of samples, there are {}", claimed, there);
  if (header.blocks.bytes > 0) {
    stated_ = static_cast<uint64_t>(claimed) / header.blocks.bytes * header.blocks.frames;
  }
}

// Of a RIFF file whose samples end before the file does: libsndfile takes more samples behind them
// for damage.
void LibraryReader::LeaveOutSoundBehind(const SoundHeader& header) {
  const auto end = static_cast<int64_t>(header.riff_data_begin + header.data_bytes.value_or(0));
  if (header.riff_data_begin == 0 || !header.data_bytes || end >= source_.bytes) return;
  int64_t at = end;
  const auto read = [this, &at](Span<uint8_t> bytes) {
    const std::vector<uint8_t> next = FileBytes(source_.file.get(), at, bytes.size());
    std::copy(next.begin(), next.end(), bytes.begin());
    at += static_cast<int64_t>(next.size());
    return next.size();
  };
  const auto size = static_cast<uint64_t>(source_.bytes - end);
  const SoundBehind behind = ReadSoundBehind(read, LinearFormat(), true, size);
  if (!behind.next && behind.unheard.empty()) return;
  AddSentence(behind.next ? UnheardText(size, "more samples") : behind.unheard, &header_note_);
  source_.bytes = end;
  source_.ranges = {{0, end}};
}

// STREAMINFO has the number of frames in the last 36 bits of the 8 bytes that begin 10 behind its
// head; 0 is read as "to the end", wherever that is.
void LibraryReader::OpenFlacLength(int64_t flac_at) {
  constexpr int64_t kCountAt = 4 + 4 + 10 + 3;
  source_.patch_at = flac_at + kCountAt;
  source_.patch = FileBytes(source_.file.get(), source_.ranges[0].begin + source_.patch_at, 5);
  if (source_.patch.size() < 5) return;
  stated_ = Fields(source_.patch, true).Number(0, 5) & 0xFFFFFFFFFu;
  source_.patch = {static_cast<uint8_t>(source_.patch[0] & 0xF0), 0, 0, 0, 0};
}

sf_count_t LibraryReader::Size(void* source) { return static_cast<Source*>(source)->bytes; }

sf_count_t LibraryReader::Tell(void* source) { return static_cast<Source*>(source)->position; }

sf_count_t LibraryReader::Seek(sf_count_t offset, int whence, void* source) {
  auto* self = static_cast<Source*>(source);
  if (whence == SEEK_END && self->hides_end) return -1;
  const int64_t from = whence == SEEK_SET ? 0 : (whence == SEEK_CUR ? self->position : self->bytes);
  if (from + offset < 0) return -1;
  self->position = from + offset;
  return self->position;
}

sf_count_t LibraryReader::Give(void* bytes, sf_count_t count, void* source) {
  auto* self = static_cast<Source*>(source);
  auto* to = static_cast<uint8_t*>(bytes);
  int64_t given = 0;
  int64_t begin = 0;  // Of the range, among the bytes of all.
  for (const ByteRange& range : self->ranges) {
    const int64_t at = self->position + given - begin;
    begin += range.size();
    if (at < 0 || at >= range.size() || given == count) continue;
    if (fseeko(self->file.get(), range.begin + at, SEEK_SET) != 0) break;
    const auto wanted = static_cast<size_t>(std::min(count - given, range.size() - at));
    given += static_cast<int64_t>(std::fread(to + given, 1, wanted, self->file.get()));
  }
  for (size_t i = 0; i < self->patch.size(); ++i) {
    const int64_t at = self->patch_at + static_cast<int64_t>(i) - self->position;
    if (at >= 0 && at < given) to[at] = self->patch[i];
  }
  self->position += given;
  return given;
}

bool LibraryReader::Read(size_t most_frames, std::vector<double>* interleaved) {
  const auto channels = static_cast<size_t>(info_.channels);
  interleaved->resize(most_frames * channels);
  if (IsExact()) {
    most_frames =
        std::min<uint64_t>(most_frames, static_cast<uint64_t>(info_.frames) - found_frames_);
  }
  // What a decoder of MPEG audio has decoded of a request in which it meets damage is lost; of a
  // request for one frame there is nothing to lose.
  const size_t step = IsMpeg() ? 1 : most_frames;
  size_t frames = 0;
  for (int tries = 0; tries < kMostTries && frames < most_frames; ++tries) {
    const sf_count_t count =
        sf_readf_double(file_.get(), interleaved->data() + frames * channels,
                        static_cast<sf_count_t>(std::min(step, most_frames - frames)));
    if (count > 0) {
      frames += static_cast<size_t>(count);
      found_frames_ += static_cast<uint64_t>(count);
      tries = 0;
    }
    const bool is_damaged = sf_error(file_.get()) != SF_ERR_NO_ERROR;
    // What is no frame of FLAC and comes behind as many as were promised is none of its sound.
    if (is_damaged && stated_ > 0 && found_frames_ >= stated_) break;
    if (is_damaged && !is_damaged_) damaged_at_ = found_frames_;
    is_damaged_ = is_damaged_ || is_damaged;
    if (count <= 0 && !is_damaged) break;
  }
  interleaved->resize(frames * channels);
  return frames > 0;
}

// Whether samples, or blocks of them, are stored one behind the other, so that an end that is
// missing is no break in a stream.
bool LibraryReader::IsStoredInBlocks() const {
  const int type = info_.format & SF_FORMAT_TYPEMASK;
  if (type == SF_FORMAT_FLAC) return false;
  return type == SF_FORMAT_WAV || type == SF_FORMAT_WAVEX ||
         std::count(std::begin(kSampleTypes), std::end(kSampleTypes),
                    info_.format & SF_FORMAT_SUBMASK) > 0;
}

int LibraryReader::granules_per_second() const {
  return (info_.format & SF_FORMAT_SUBMASK) == SF_FORMAT_OPUS ? 48000 : info_.samplerate;
}

// Also in WAV files.
bool LibraryReader::IsMpeg() const {
  const int samples = info_.format & SF_FORMAT_SUBMASK;
  return samples == SF_FORMAT_MPEG_LAYER_I || samples == SF_FORMAT_MPEG_LAYER_II ||
         samples == SF_FORMAT_MPEG_LAYER_III;
}

// Whether the number of frames is known, and not only estimated, as of MPEG audio.
bool LibraryReader::IsExact() const {
  return info_.seekable != 0 && info_.frames < SF_COUNT_MAX && info_.frames >= 0 && !IsMpeg();
}

uint64_t LibraryReader::PromisedFrames() const {
  if (stated_ > 0) return stated_;
  return IsExact() ? static_cast<uint64_t>(info_.frames) : found_frames_;
}

SoundFlaws LibraryReader::Flaws() const {
  SoundFlaws flaws = Shortage(PromisedFrames(), found_frames_, info_.samplerate);
  if (is_damaged_ && damaged_at_ < found_frames_) {
    flaws.error =
        fmt::format("damaged at {:.3f} s, heard to its end at {:.3f} s",
                    static_cast<double>(damaged_at_) / info_.samplerate, flaws.end_seconds);
  } else if (is_damaged_ || (!flaws.note.empty() && !IsStoredInBlocks())) {
    flaws.error = fmt::format("breaks off at {:.3f} s", flaws.end_seconds);
  }
  if (!flaws.error.empty() && !flaws.note.empty()) flaws.error += "; " + flaws.note;
  if (!flaws.error.empty() || flaws.note.empty()) flaws.note = note_;
  if (flaws.error.empty()) flaws.error = damage_.error;
  if (flaws.note.empty()) flaws.note = damage_.note;
  AddSentence(header_note_, &flaws.note);
  return flaws;
}

}  // namespace earshot::host
