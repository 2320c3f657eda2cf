// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/listen_clock.h"

#include <sys/resource.h>

#include <ctime>

namespace earshot::host {
namespace {

std::chrono::duration<double> Seconds(const timeval& time) {
  return std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_usec);
}

class SystemClock : public ListenClock {
 public:
  TimePoint Now() override { return std::chrono::steady_clock::now(); }

  void Wait(Duration duration) override {
    const auto nanoseconds = std::chrono::nanoseconds(duration).count();
    if (nanoseconds <= 0) return;
    const timespec time = {static_cast<time_t>(nanoseconds / 1000000000),
                           static_cast<long>(nanoseconds % 1000000000)};
    // Unlike std::this_thread::sleep_for() it does not sleep on after a signal.
    nanosleep(&time, nullptr);
  }

  std::chrono::duration<double> CpuTime() override {
    rusage usage = {};
    getrusage(RUSAGE_SELF, &usage);
    return Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  }
};

}  // namespace

ListenClock& SystemListenClock() {
  static SystemClock clock;
  return clock;
}

}  // namespace earshot::host
