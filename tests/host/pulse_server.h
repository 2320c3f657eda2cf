// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A microphone behind a PulseAudio server of our own, in real time: the way of most computers, and
// one that can be cut.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/host/test_files.h"
#include "tests/host/virtual_microphone.h"

namespace earshot::host {

// The server, whose one sink is what ALSA's default microphone hears, at 16 kHz; nothing but
// silence until something is played. It keeps all it has in a folder of its own, and needs neither
// root nor systemd, D-Bus or a sound card. Functions throw std::runtime_error where a command
// fails.
class PulseServer {
 public:
  // Empty: all is here that it takes. Otherwise what is missing, for GTEST_SKIP().
  static std::string Missing();

  // Precondition: Missing() is empty.
  PulseServer();
  ~PulseServer();
  PulseServer(const PulseServer&) = delete;
  PulseServer& operator=(const PulseServer&) = delete;

  // Kills it, and starts it again: returns when it serves.
  void Kill();
  void Start();

  // Plays to its end, in the background.
  void Play(const std::vector<int16_t>& samples);

 private:
  void Run(const std::string& command);

  TempDir dir_;
  AlsaDevices alsa_;
  pid_t pid_ = 0;
};

}  // namespace earshot::host
