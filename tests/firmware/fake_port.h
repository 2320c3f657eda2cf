// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A board made of variables: what the applications' shared code writes, and what it reads.
#pragma once

#include <cstdint>
#include <string>

namespace earshot::test {

struct FakePort {
  std::string written;  // By ConsoleWrite().
  std::string typed;    // For ConsoleRead(), from the front.
  uint32_t ticks = 0;   // ClockTicks().
  uint32_t uptime_ms = 0;
};

extern FakePort g_port;

}  // namespace earshot::test
