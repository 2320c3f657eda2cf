// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/port_audio.h"

#include <fcntl.h>
#include <portaudio.h>
#include <unistd.h>

#include <mutex>

#include "host/errors.h"

namespace earshot::host {

std::shared_ptr<PortAudio> PortAudio::Get() {
  static std::mutex mutex;
  static std::weak_ptr<PortAudio> shared;
  const std::lock_guard<std::mutex> lock(mutex);
  std::shared_ptr<PortAudio> audio = shared.lock();
  if (audio == nullptr) {
    audio.reset(new PortAudio());
    shared = audio;
  }
  return audio;
}

PortAudio::PortAudio() {
  const SilentStandardError silence;
  const PaError error = Pa_Initialize();
  if (error != paNoError) throw DeviceError("PortAudio: " + PortAudioErrorText(error));
}

PortAudio::~PortAudio() {
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
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  kept_ = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (kept_ >= 0) dup2(nowhere, STDERR_FILENO);
  close(nowhere);
}

SilentStandardError::~SilentStandardError() {
  if (kept_ < 0) return;
  dup2(kept_, STDERR_FILENO);
  close(kept_);
}

}  // namespace earshot::host
