// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/stop_signals.h"

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
  for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &action, &before_[i]);
  if (before_.back().sa_handler == SIG_IGN) sigaction(SIGHUP, &before_.back(), nullptr);
}

StopSignals::~StopSignals() {
  for (size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before_[i], nullptr);
}

const std::atomic<bool>& StopSignals::stop() const { return stop_wanted; }

}  // namespace earshot::host
