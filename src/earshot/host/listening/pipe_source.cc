// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/pipe_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "earshot/app/units.h"
#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/audio/linear_reader.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/formats/sound_behind.h"
#include "earshot/host/formats/sound_header.h"

namespace earshot::host {
namespace {

using std::chrono::milliseconds;

constexpr int kBlocksPerSecond = 50;  // The most that is read at once is a fiftieth of a second.
constexpr milliseconds kLongestPoll(50);

// A file descriptor that is read as its bytes come.
class Pipe {
 public:
  explicit Pipe(const std::string& path)
      : name_(path == "-" ? "standard input" : path),
        file_(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (file_ < 0) throw InputError(name_ + ": " + std::strerror(errno));
  }
  ~Pipe() {
    if (file_ != STDIN_FILENO) close(file_);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  const std::string& name() const { return name_; }
  bool ended() const { return ended_; }

  // None where it is no file.
  std::optional<uint64_t> BytesLeft() const {
    struct stat status = {};
    const off_t at = lseek(file_, 0, SEEK_CUR);
    if (at < 0 || fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<uint64_t>(std::max<off_t>(status.st_size - at, 0));
  }

  // Waits until there are some bytes, or the end, or the time is over. How many there were.
  size_t Read(milliseconds longest, Span<uint8_t> bytes) {
    pollfd wanted = {file_, POLLIN, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(longest.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
    const ssize_t size = ready < 0 ? -1 : read(file_, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    if (size < 0) throw InputError(std::strerror(errno));
    ended_ = size == 0 && !bytes.empty();
    return static_cast<size_t>(size);
  }

 private:
  std::string name_;
  int file_;
  bool ended_ = false;
};

// What is listened to: raw or linear samples of a pipe, or a recording.
struct PipeSound {
  LinearFormat format;
  std::string kind = "raw samples";
  std::optional<uint64_t> data_bytes;      // As in SoundHeader ...
  std::string note;                        // ... as are this ...
  bool is_riff = false;                    // ... and this.
  std::vector<uint8_t> taken;              // Of the samples.
  std::unique_ptr<FrameReader> recording;  // Not null: in place of the pipe.
};

PipeSound Recognize(const std::string& path, SoundHeader header) {
  PipeSound sound;
  const bool is_raw = header.kind.name.empty();
  if (!is_raw) sound.kind = header.kind.Format();
  sound.data_bytes = header.data_bytes;
  sound.note = header.note;
  sound.is_riff = header.riff_data_begin > 0;
  sound.taken = std::move(header.taken);
  if (is_raw || header.linear) {
    sound.format = header.linear.value_or(LinearFormat());
    if (is_raw && sound.taken.empty()) throw InputError("no samples");
    return sound;
  }
  sound.recording = OpenFramesAgain(path, header);
  sound.format.channels = sound.recording->channels();
  sound.format.sample_rate_hz = sound.recording->sample_rate_hz();
  return sound;
}

class PipeSource : public AudioSource {
 public:
  PipeSource(std::unique_ptr<Pipe> pipe, PipeSound sound, const PipeChoice& choice,
             ListenClock* clock)
      : pipe_(std::move(pipe)),
        format_(sound.format),
        recording_(std::move(sound.recording)),
        promised_bytes_(sound.data_bytes.value_or(UINT64_MAX)),
        note_(std::move(sound.note)),
        is_riff_(sound.is_riff),
        pending_(std::move(sound.taken)),
        is_paced_(choice.speed == PipeSpeed::kRealtime),
        clock_(clock),
        converter_(format_.sample_rate_hz, format_.channels, choice.channel),
        flaws_(choice.flaws) {
    if (pending_.size() > promised_bytes_) pending_.resize(static_cast<size_t>(promised_bytes_));
    bytes_left_ = promised_bytes_ - pending_.size();
    description_ = fmt::format("{}, {}, {}", pipe_->name(), sound.kind, converter_.Text());
    block_frames_ = static_cast<size_t>(std::max(format_.sample_rate_hz / kBlocksPerSecond, 1));
  }

  const std::string& description() const override { return description_; }

  State Read(milliseconds longest, AudioBlock* block) override {
    *block = AudioBlock();
    if (is_paced_ && !WaitForTurn(longest)) return State::kOpen;
    const bool goes_on = Next(longest);
    if (recording_ == nullptr && IsSixteenBits(format_)) {
      converter_.Convert(Span<const int16_t>(sixteen_bits_), &block->samples);
    } else {
      converter_.Convert(Span<const double>(samples_), &block->samples);
    }
    if (!goes_on) Finish(block);
    given_ += static_cast<int64_t>(block->samples.size());
    if (!goes_on && given_ == 0) throw InputError(pipe_->name() + ": no samples");
    block->arrival = clock_->Now();
    if (is_paced_ && given_ > 0 && !begin_) begin_ = block->arrival;
    return goes_on ? State::kOpen : State::kEnd;
  }

 private:
  // Whether all that was given has been played by now; waits for it no longer than `longest`.
  bool WaitForTurn(milliseconds longest) {
    if (!begin_) return true;
    const auto played = std::chrono::duration_cast<ListenClock::Duration>(
        std::chrono::duration<double>(SecondsOfSamples(given_)));
    const ListenClock::TimePoint turn = *begin_ + played;
    const ListenClock::Duration wait = turn - clock_->Now();
    if (wait > ListenClock::Duration::zero()) {
      clock_->Wait(std::min<ListenClock::Duration>(wait, longest));
    }
    return clock_->Now() >= turn;
  }

  // Replaces `samples_`, or `sixteen_bits_`, by what comes next. False: it was the last.
  bool Next(milliseconds longest) {
    try {
      return recording_ != nullptr ? recording_->Read(block_frames_, &samples_) : Fill(longest);
    } catch (const InputError& error) {
      throw InputError(pipe_->name() + ": " + error.what());
    }
  }

  // Adds what comes to what is pending, and takes the whole frames of that. False: it was the last.
  bool Fill(milliseconds longest) {
    const size_t block_bytes = block_frames_ * format_.frame_bytes();
    const size_t held = pending_.size();
    const auto room = static_cast<size_t>(
        std::min<uint64_t>(block_bytes - std::min(held, block_bytes), bytes_left_));
    size_t size = 0;
    if (room > 0) {
      pending_.resize(held + room);
      size = pipe_->Read(longest, Span<uint8_t>(pending_).subspan(held));
      pending_.resize(held + size);
      bytes_left_ -= size;
    }
    const size_t whole = pending_.size() / format_.frame_bytes() * format_.frame_bytes();
    const auto bytes = Span<const uint8_t>(pending_).subspan(0, whole);
    if (IsSixteenBits(format_)) {
      DecodeSixteenBits(format_, bytes, &sixteen_bits_);
    } else {
      DecodeSamples(format_, bytes, &samples_);
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<ptrdiff_t>(whole));
    if (bytes_left_ > 0) return !pipe_->ended();
    pending_.clear();
    return GoOn();
  }

  void Finish(AudioBlock* block) {
    converter_.Finish(&block->samples);
    if (flaws_ == nullptr) return;
    if (recording_ != nullptr) {
      *flaws_ = recording_->Flaws();
    } else if (promised_bytes_ < UINT64_MAX) {
      *flaws_ =
          Shortage(promised_bytes_ / format_.frame_bytes(),
                   (promised_bytes_ - bytes_left_) / format_.frame_bytes(), format_.sample_rate_hz);
    }
    AddSentence(note_, &flaws_->note);
    converter_.AddFlaws(flaws_);
  }

  // Behind the samples that the header tells of; false: nothing is heard any more.
  bool GoOn() {
    const auto read = [this](Span<uint8_t> bytes) {
      size_t size = 0;
      while (size < bytes.size()) {
        const size_t more = pipe_->Read(kLongestPoll, bytes.subspan(size));
        if (more == 0) break;
        size += more;
      }
      return size;
    };
    SoundBehind found = ReadSoundBehind(read, format_, is_riff_, pipe_->BytesLeft());
    AddSentence(found.unheard, &note_);
    if (!found.next) return false;
    AddSentence(found.next->note, &note_);
    const uint64_t length = found.next->data_bytes.value_or(UINT64_MAX);
    promised_bytes_ = found.next->data_bytes ? promised_bytes_ + length : UINT64_MAX;
    pending_ = std::move(found.next->taken);
    if (pending_.size() > length) pending_.resize(static_cast<size_t>(length));
    bytes_left_ = length - pending_.size();
    return true;
  }

  std::unique_ptr<Pipe> pipe_;
  LinearFormat format_;
  std::unique_ptr<FrameReader> recording_;  // Null: the pipe is decoded here.
  uint64_t promised_bytes_;                 // UINT64_MAX: none.
  std::string note_;                        // About the header, and what is behind the samples.
  bool is_riff_;
  uint64_t bytes_left_ = 0;
  std::vector<uint8_t> pending_;  // Read, but not yet given.
  bool is_paced_;
  ListenClock* clock_;
  StreamConverter converter_;
  SoundFlaws* flaws_;
  std::string description_;
  size_t block_frames_ = 0;
  std::vector<double> samples_;
  std::vector<int16_t> sixteen_bits_;
  int64_t given_ = 0;
  std::optional<ListenClock::TimePoint> begin_;  // When the first samples were given.
};

}  // namespace

std::unique_ptr<AudioSource> OpenPipe(const PipeChoice& choice, const std::atomic<bool>& stop,
                                      ListenClock* clock) {
  auto pipe = std::make_unique<Pipe>(choice.path);
  const auto read = [&](Span<uint8_t> bytes) {
    size_t size = 0;
    while (size < bytes.size() && !pipe->ended() && !stop) {
      size += pipe->Read(kLongestPoll, bytes.subspan(size));
    }
    return size;
  };
  try {
    PipeSound sound = Recognize(choice.path, ReadSoundHeader(read));
    if (stop) return nullptr;
    return std::make_unique<PipeSource>(std::move(pipe), std::move(sound), choice, clock);
  } catch (const InputError& error) {
    if (stop) return nullptr;
    throw InputError((choice.path == "-" ? "standard input" : choice.path) + ": " + error.what());
  }
}

}  // namespace earshot::host
