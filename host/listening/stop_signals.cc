// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/stop_signals.h"

namespace earshot::host {
namespace {

std::atomic<bool> stop_wanted{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

void WantStop(int /*signal*/) { stop_wanted = true; }

}  // namespace

StopSignals::StopSignals() {
  stop_wanted = false;
  struct sigaction action = {};
  action.sa_handler = WantStop;
  action.sa_flags = SA_RESTART;  // Writing goes on; poll() and sleeping end all the same.
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, &interrupt_before_);
  sigaction(SIGTERM, &action, &terminate_before_);
}

StopSignals::~StopSignals() {
  sigaction(SIGINT, &interrupt_before_, nullptr);
  sigaction(SIGTERM, &terminate_before_, nullptr);
}

const std::atomic<bool>& StopSignals::stop() const { return stop_wanted; }

}  // namespace earshot::host
