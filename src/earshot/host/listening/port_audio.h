// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// PortAudio as a resource, and its errors as ours.
#pragma once

#include <memory>
#include <string>

namespace earshot::host {

// PortAudio, initialised for as long as somebody holds it. The list of devices is of the moment of
// its initialisation: only after all have let go of it, a new one finds a server that came back.
// Where there is a JACK server, it stays as it is to the program's end.
class PortAudio {
 public:
  // The one there is, or a new one. Throws DeviceError when PortAudio does not work here.
  static std::shared_ptr<PortAudio> Get();
  ~PortAudio();
  PortAudio(const PortAudio&) = delete;
  PortAudio& operator=(const PortAudio&) = delete;

 private:
  PortAudio();
};

// What went wrong, for people: PortAudio's text, or that of the host API where it knows more.
// `error` is a PaError, and the last one there was.
std::string PortAudioErrorText(int error);

// While one of these lives, nothing that the program writes to standard error is seen. ALSA, JACK
// and PortAudio itself write there about each device that turns out not to be there. All threads
// fall silent: to be held for no longer than a call.
class SilentStandardError {
 public:
  SilentStandardError();
  ~SilentStandardError();
  SilentStandardError(const SilentStandardError&) = delete;
  SilentStandardError& operator=(const SilentStandardError&) = delete;
};

}  // namespace earshot::host
