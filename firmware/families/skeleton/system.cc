// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of start-up and sleep: the chip stays as reset left it.

#include "firmware/port/system.h"

#include "board.h"

namespace earshot {

// Flash wait states first, then oscillator, PLL and the switch to it, so that the processor runs at
// board::kClockHz: all times come from that. Every wait has an end: a crystal that does not start
// must not keep the board silent. Memory is initialized, the console is not up yet.
void port::StartBoard() {}

// Sleeps until an interrupt, if the processor's clock goes on for SysTick meanwhile; else returns
// at once.
void port::WaitForInterrupt() { asm volatile("wfi" ::: "memory"); }

}  // namespace earshot
