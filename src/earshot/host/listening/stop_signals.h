// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// StopSignals: Ctrl-C, `kill` and a terminal that goes away as a wish to come to an end.
#pragma once

#include <array>
#include <atomic>
#include <csignal>

namespace earshot::host {

// While it lives, SIGINT, SIGTERM and SIGHUP set a flag in place of ending the program; SIGHUP only
// where it is not ignored, as nohup has it. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  const std::atomic<bool>& stop() const;

 private:
  static constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};
  std::array<struct sigaction, kSignals.size()> before_ = {};
};

}  // namespace earshot::host
