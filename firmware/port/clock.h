// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Clock: a free-running counter and the milliseconds since the start. A facade: see
// firmware/port/audio_source.h.
#pragma once

#include <cstdint>

namespace earshot::port {

// Starts both; before anything else that uses them.
void StartClock();

// Processor cycles, or the nearest that the board has: board::kClockHz a second. Wraps; differences
// of up to 2^32 - 1 ticks are exact.
uint32_t ClockTicks();

// Since StartClock(). Wraps after 49 days.
uint32_t UptimeMs();

}  // namespace earshot::port
