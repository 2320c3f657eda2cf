// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// StopSignals: Ctrl-C and `kill` as a wish to come to an end.
#pragma once

#include <atomic>
#include <csignal>

namespace earshot::host {

// While it lives, SIGINT and SIGTERM set a flag in place of ending the program. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  const std::atomic<bool>& stop() const;

 private:
  struct sigaction interrupt_before_ = {};
  struct sigaction terminate_before_ = {};
};

}  // namespace earshot::host
