// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/microphone.h"

#include <fmt/format.h>
#include <portaudio.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <future>
#include <system_error>
#include <thread>
#include <utility>

#include "earshot/host/audio/lost_frames.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/microphone_list.h"
#include "earshot/host/listening/port_audio.h"
#include "earshot/host/listening/sample_ring.h"
#include "earshot/host/listening/silence_watch.h"

namespace earshot::host {
namespace {

using Clock = AudioBlock::Clock;
using std::chrono::milliseconds;

// How much the operating system holds: it bridges the time in which the callback is not run. Words
// are late by a part of it only, for the callback is called several times within.
constexpr double kLatencyS = 0.1;
// How much the ring holds: the time for which the spotter may be busy with something else.
constexpr size_t kRingSeconds = 16;
// The callback wakes nobody: that would be a call into the operating system, and one that not all
// of them let a callback do. Read() looks for itself, this often.
constexpr milliseconds kPause(4);
constexpr milliseconds kLongestClose(1000);

// All that the callback touches.
struct Inlet {
  Inlet(int rate_hz, int channel_count)
      : ring(kRingSeconds * static_cast<size_t>(rate_hz * channel_count)),
        lost(rate_hz),
        channels(static_cast<size_t>(channel_count)) {}

  SampleRing ring;
  LostFrames lost;
  size_t channels;
  std::atomic<Clock::rep> last_call{0};  // Since the clock's epoch; 0: not yet called.

  static_assert(std::atomic<Clock::rep>::is_always_lock_free);
};

// Called by PortAudio, on a thread of its own: no allocation, no lock, no input or output.
int TakeInput(const void* input, void* /*output*/,
              unsigned long frames,  // NOLINT(google-runtime-int)
              const PaStreamCallbackTimeInfo* time, PaStreamCallbackFlags flags, void* inlet) {
  auto& in = *static_cast<Inlet*>(inlet);
  const int64_t lost = in.lost.Before(static_cast<int64_t>(frames), time->inputBufferAdcTime,
                                      (flags & paInputOverflow) != 0);
  const auto channels = static_cast<int64_t>(in.channels);
  if (input == nullptr) {
    in.ring.Write({}, (lost + static_cast<int64_t>(frames)) * channels);
  } else {
    in.ring.Write({static_cast<const int16_t*>(input), frames * in.channels}, lost * channels);
  }
  in.last_call.store(Clock::now().time_since_epoch().count(), std::memory_order_release);
  return paContinue;
}

// An open and running stream, and what it needs for as long as it is.
class Stream {
 public:
  // Throws DeviceError without the device's name.
  Stream(std::shared_ptr<PortAudio> audio, const PaStreamParameters& parameters, int rate_hz)
      : inlet_(rate_hz, parameters.channelCount), audio_(std::move(audio)) {
    const SilentStandardError silence;
    PaError error = Pa_OpenStream(&stream_, &parameters, nullptr, rate_hz,
                                  paFramesPerBufferUnspecified, paDitherOff, TakeInput, &inlet_);
    if (error != paNoError) throw DeviceError(PortAudioErrorText(error));
    error = Pa_StartStream(stream_);
    if (error == paNoError) return;
    const std::string text = PortAudioErrorText(error);
    Pa_CloseStream(stream_);
    throw DeviceError(text);
  }
  ~Stream() {
    Pa_AbortStream(stream_);
    Pa_CloseStream(stream_);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  bool IsActive() const { return Pa_IsStreamActive(stream_) == 1; }
  SampleRing& ring() { return inlet_.ring; }
  // When the callback was last called; the clock's epoch: never yet.
  Clock::time_point last_call() const {
    return Clock::time_point(Clock::duration(inlet_.last_call.load(std::memory_order_acquire)));
  }

 private:
  Inlet inlet_;
  PaStream* stream_ = nullptr;
  std::shared_ptr<PortAudio> audio_;
};

// To close a stream can take forever when its server has died or hangs. Then that goes on by
// itself, and whoever wants to close it, does not hang too.
void Close(std::unique_ptr<Stream> stream) {
  const SilentStandardError silence;
  std::promise<void> promise;
  const std::future<void> closed = promise.get_future();
  // Shared, so that it is still there where no thread can be created.
  const auto shared = std::make_shared<std::unique_ptr<Stream>>(std::move(stream));
  try {
    std::thread([shared, promise = std::move(promise)]() mutable {
      shared->reset();
      promise.set_value();
    }).detach();
  } catch (const std::system_error&) {
    shared->reset();
    return;
  }
  closed.wait_for(kLongestClose);
}

class Microphone : public AudioSource {
 public:
  Microphone(std::shared_ptr<PortAudio> audio, const MicrophoneInfo& info,
             const PaStreamParameters& parameters, int rate_hz, int channel)
      : name_(info.name),
        channels_(parameters.channelCount),
        converter_(rate_hz, parameters.channelCount, channel),
        stream_(std::make_unique<Stream>(std::move(audio), parameters, rate_hz)),
        watch_(Clock::now()),
        description_(fmt::format("{} ({}), {}", info.name, info.host_api, converter_.Text())) {}
  ~Microphone() override { Close(std::move(stream_)); }

  const std::string& description() const override { return description_; }
  State Read(milliseconds longest, AudioBlock* block) override;

 private:
  void CheckIsThere();

  std::string name_;
  int channels_;
  StreamConverter converter_;
  std::unique_ptr<Stream> stream_;
  SilenceWatch watch_;
  std::string description_;
  std::vector<int16_t> interleaved_;  // Buffer of Read().
};

AudioSource::State Microphone::Read(milliseconds longest, AudioBlock* block) {
  const Clock::time_point end = Clock::now() + longest;
  block->samples.clear();
  block->lost_samples = 0;
  for (;;) {
    const int64_t lost = stream_->ring().Read(&interleaved_);
    block->arrival = stream_->last_call();
    block->lost_samples += converter_.SamplesFor(lost / channels_);
    converter_.Convert(Span<const int16_t>(interleaved_), &block->samples);
    if (!block->samples.empty() || block->lost_samples > 0) return State::kOpen;
    CheckIsThere();
    const Clock::time_point now = Clock::now();
    if (now >= end) return State::kOpen;
    std::this_thread::sleep_for(std::min<Clock::duration>(kPause, end - now));
  }
}

void Microphone::CheckIsThere() {
  if (!stream_->IsActive()) throw DeviceError(name_ + ": gone: its stream has ended");
  const std::chrono::duration<double> silent = watch_.Look(Clock::now(), stream_->last_call());
  if (silent.count() == 0) return;
  throw DeviceError(fmt::format("{}: gone: no sound for {:.1f} s", name_, silent.count()));
}

bool CanDo(const PaStreamParameters& parameters, int rate_hz) {
  const SilentStandardError silence;
  return Pa_IsFormatSupported(&parameters, nullptr, rate_hz) == paFormatIsSupported;
}

}  // namespace

std::unique_ptr<AudioSource> OpenMicrophone(const MicrophoneChoice& choice) {
  const std::shared_ptr<PortAudio> audio = PortAudio::Get();
  const std::vector<MicrophoneInfo> all = ListMicrophones();
  const MicrophoneInfo& info = ChooseMicrophone(all, choice.device);
  try {
    PaStreamParameters parameters = {};
    parameters.device = info.index;
    parameters.channelCount = ChannelsToOpen(info.channels, choice.channel);
    parameters.sampleFormat = paInt16;
    parameters.suggestedLatency =
        std::max(kLatencyS, Pa_GetDeviceInfo(info.index)->defaultHighInputLatency);
    const int native = static_cast<int>(std::lround(info.native_rate_hz));
    const int rate = CanDo(parameters, kSampleRateHz) ? kSampleRateHz : native;
    return std::make_unique<Microphone>(audio, info, parameters, rate, choice.channel);
  } catch (const std::runtime_error& error) {
    throw DeviceError(fmt::format("{}: cannot be opened: {}", info.name, error.what()));
  }
}

}  // namespace earshot::host
