// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// System of emulated STM32 boards that stand in for a smaller chip: as emulated_start.cc, but from
// here on only the memory and the peripherals of that chip exist.

#include "board.h"
#include "firmware/families/cortex_m/memory_limits.h"
#include "firmware/port/system.h"

namespace earshot {

void port::StartBoard() { cortex_m::LimitMemory(board::kMemoryLimits); }
void port::StartWatchdog() {}
void port::FeedWatchdog() {}

}  // namespace earshot
