// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ListenClock: time as a listener meets it, so that tests can have another.
#pragma once

#include <chrono>

namespace earshot::host {

class ListenClock {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  virtual ~ListenClock() = default;

  virtual TimePoint Now() = 0;
  // Waits; a signal may end it early.
  virtual void Wait(Duration duration) = 0;
  // What the whole program has used of all cores so far.
  virtual std::chrono::duration<double> CpuTime() = 0;
};

// The computer's own.
ListenClock& SystemListenClock();

}  // namespace earshot::host
