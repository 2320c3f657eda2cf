// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/firmware/fake_port.h"

#include "firmware/port/clock.h"
#include "firmware/port/console.h"

namespace earshot {

test::FakePort test::g_port;

void port::ConsoleWrite(Span<const char> text) {
  test::g_port.written.append(text.data(), text.size());
}

int port::ConsoleRead() {
  std::string& typed = test::g_port.typed;
  if (typed.empty()) return -1;
  const auto c = static_cast<uint8_t>(typed.front());
  typed.erase(0, 1);
  return c;
}

uint32_t port::ClockTicks() { return test::g_port.ticks; }
uint32_t port::UptimeMs() { return test::g_port.uptime_ms; }

}  // namespace earshot
