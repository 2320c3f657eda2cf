// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/port_audio.h"

#include <fcntl.h>
#include <portaudio.h>
#include <unistd.h>

#include <mutex>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

// Whether PortAudio is connected to a JACK server. When that has died, PortAudio 19.6 fails an
// assertion in Pa_Terminate(), whatever device was used.
bool JackIsThere() {
  const PaHostApiIndex index = Pa_HostApiTypeIdToHostApiIndex(paJACK);
  return index >= 0 && Pa_GetHostApiInfo(index)->deviceCount > 0;
}

// What follows is never destroyed: a stream that cannot be closed may outlive main().

// PortAudio may not be initialised and terminated at the same time.
std::mutex& LifeMutex() {
  static auto* const mutex = new std::mutex;
  return *mutex;
}

// Standard error is the process's, so its silence is too.
struct Silence {
  std::mutex mutex;
  int holders = 0;
  int kept = -1;  // What standard error was; -1: it still is.
};

Silence& TheSilence() {
  static auto* const silence = new Silence;
  return *silence;
}

}  // namespace

std::shared_ptr<PortAudio> PortAudio::Get() {
  static auto* const shared = new std::weak_ptr<PortAudio>;
  const std::lock_guard<std::mutex> lock(LifeMutex());
  std::shared_ptr<PortAudio> audio = shared->lock();
  if (audio == nullptr) {
    audio.reset(new PortAudio());
    *shared = audio;
  }
  return audio;
}

PortAudio::PortAudio() {
  const SilentStandardError silence;
  const PaError error = Pa_Initialize();
  if (error != paNoError) throw DeviceError("PortAudio: " + PortAudioErrorText(error));
}

PortAudio::~PortAudio() {
  const std::lock_guard<std::mutex> lock(LifeMutex());
  if (JackIsThere()) return;
  const SilentStandardError silence;
  Pa_Terminate();
}

std::string PortAudioErrorText(int error) {
  if (error == paUnanticipatedHostError) {
    const PaHostErrorInfo* info = Pa_GetLastHostErrorInfo();
    if (info != nullptr && info->errorText != nullptr && info->errorText[0] != '\0') {
      return info->errorText;
    }
  }
  return Pa_GetErrorText(error);
}

SilentStandardError::SilentStandardError() {
  Silence& silence = TheSilence();
  const std::lock_guard<std::mutex> lock(silence.mutex);
  if (silence.holders++ > 0) return;
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  silence.kept = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (silence.kept >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
}

SilentStandardError::~SilentStandardError() {
  Silence& silence = TheSilence();
  const std::lock_guard<std::mutex> lock(silence.mutex);
  if (--silence.holders > 0 || silence.kept < 0) return;
  dup2(silence.kept, STDERR_FILENO);
  close(silence.kept);
  silence.kept = -1;
}

}  // namespace earshot::host
