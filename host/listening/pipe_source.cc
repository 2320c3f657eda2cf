// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/pipe_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "host/errors.h"
#include "host/listening/stream_converter.h"
#include "host/pcm_header.h"

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

  // Waits until there are some bytes, or the end, or the time is over. How many there were.
  size_t Read(milliseconds longest, Span<uint8_t> bytes) {
    pollfd wanted = {file_, POLLIN, 0};
    const int ready = poll(&wanted, 1, static_cast<int>(longest.count()));
    if (ready == 0 || (ready < 0 && errno == EINTR)) return 0;
    const ssize_t size = ready < 0 ? -1 : read(file_, bytes.data(), bytes.size());
    if (size < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
    if (size < 0) throw InputError(name_ + ": " + std::strerror(errno));
    ended_ = size == 0 && !bytes.empty();
    return static_cast<size_t>(size);
  }

 private:
  std::string name_;
  int file_;
  bool ended_ = false;
};

int64_t SignedInteger(const uint8_t* bytes, size_t count) {
  int64_t value = static_cast<int8_t>(bytes[count - 1]);
  for (size_t i = count - 1; i > 0; --i) value = value * 256 + bytes[i - 1];
  return value;
}

// One sample; full scale is +-1.
double Sample(const WavFormat& format, const uint8_t* bytes) {
  if (!format.is_float) {
    const int64_t value = SignedInteger(bytes, static_cast<size_t>(format.bits / 8));
    return static_cast<double>(value) / static_cast<double>(int64_t{1} << (format.bits - 1));
  }
  uint64_t bits = 0;
  for (int i = format.bits / 8; i > 0; --i) bits = bits << 8 | bytes[i - 1];
  if (format.bits == 64) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof(value));
    return value;
  }
  const auto bits32 = static_cast<uint32_t>(bits);
  float value = 0;
  std::memcpy(&value, &bits32, sizeof(value));
  return value;
}

StreamConverter MakeConverter(const std::string& name, const WavFormat& format, int channel) {
  try {
    return StreamConverter(format.sample_rate_hz, format.channels, channel);
  } catch (const InputError& error) {
    throw InputError(name + ": " + error.what());
  }
}

class PipeSource : public AudioSource {
 public:
  PipeSource(std::unique_ptr<Pipe> pipe, PcmHeader header, const PipeChoice& choice,
             ListenClock* clock)
      : pipe_(std::move(pipe)),
        format_(header.wav.value_or(WavFormat{false, 1, kSampleRateHz, 16, UINT64_MAX})),
        bytes_left_(format_.data_bytes - header.taken.size()),
        pending_(std::move(header.taken)),
        is_paced_(choice.speed == PipeSpeed::kRealtime),
        clock_(clock),
        converter_(MakeConverter(pipe_->name(), format_, choice.channel)) {
    const char* kind = header.wav ? "WAV" : "raw samples";
    description_ = fmt::format("{}, {}, {}", pipe_->name(), kind, converter_.Text());
    const int frames = std::max(format_.sample_rate_hz / kBlocksPerSecond, 1);
    block_bytes_ = static_cast<size_t>(frames) * FrameBytes();
  }

  const std::string& description() const override { return description_; }

  State Read(milliseconds longest, AudioBlock* block) override {
    *block = AudioBlock();
    if (is_paced_ && !WaitForTurn(longest)) return State::kOpen;
    const bool goes_on = Fill(longest);
    Convert(block);
    if (!goes_on) converter_.Finish(&block->samples);
    given_ += static_cast<int64_t>(block->samples.size());
    block->arrival = clock_->Now();
    if (is_paced_ && given_ > 0 && !begin_) begin_ = block->arrival;
    return goes_on ? State::kOpen : State::kEnd;
  }

 private:
  size_t FrameBytes() const { return static_cast<size_t>(format_.channels * format_.bits / 8); }

  // Whether all that was given has been played by now; waits for it no longer than `longest`.
  bool WaitForTurn(milliseconds longest) {
    if (!begin_) return true;
    const auto played = std::chrono::duration_cast<ListenClock::Duration>(
        std::chrono::duration<double>(static_cast<double>(given_) / kSampleRateHz));
    const ListenClock::TimePoint turn = *begin_ + played;
    const ListenClock::Duration wait = turn - clock_->Now();
    if (wait > ListenClock::Duration::zero()) {
      clock_->Wait(std::min<ListenClock::Duration>(wait, longest));
    }
    return clock_->Now() >= turn;
  }

  // Adds what comes to what is pending. False: it was the last.
  bool Fill(milliseconds longest) {
    const size_t held = pending_.size();
    const auto room = static_cast<size_t>(
        std::min<uint64_t>(block_bytes_ - std::min(held, block_bytes_), bytes_left_));
    if (room == 0) return bytes_left_ > 0;
    pending_.resize(held + room);
    const size_t size = pipe_->Read(longest, Span<uint8_t>(pending_).subspan(held));
    pending_.resize(held + size);
    bytes_left_ -= size;
    return !pipe_->ended() && bytes_left_ > 0;
  }

  // Takes the whole frames of what is pending.
  void Convert(AudioBlock* block) {
    const size_t bytes = pending_.size() / FrameBytes() * FrameBytes();
    const auto sample_bytes = static_cast<size_t>(format_.bits / 8);
    samples_.clear();
    for (size_t i = 0; i < bytes; i += sample_bytes) {
      samples_.push_back(Sample(format_, pending_.data() + i));
    }
    pending_.erase(pending_.begin(), pending_.begin() + static_cast<ptrdiff_t>(bytes));
    try {
      converter_.Convert(Span<const double>(samples_), &block->samples);
    } catch (const InputError& error) {
      throw InputError(pipe_->name() + ": " + error.what());
    }
  }

  std::unique_ptr<Pipe> pipe_;
  WavFormat format_;
  uint64_t bytes_left_;
  std::vector<uint8_t> pending_;  // Read, but not yet given.
  bool is_paced_;
  ListenClock* clock_;
  StreamConverter converter_;
  std::string description_;
  size_t block_bytes_ = 0;
  std::vector<double> samples_;
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
    PcmHeader header = ReadPcmHeader(pipe->name(), read);
    if (stop) return nullptr;
    if (!header.wav && header.taken.empty()) throw InputError(pipe->name() + ": no samples");
    return std::make_unique<PipeSource>(std::move(pipe), std::move(header), choice, clock);
  } catch (const InputError&) {
    if (stop) return nullptr;
    throw;
  }
}

}  // namespace earshot::host
