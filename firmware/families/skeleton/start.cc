// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of start-up: the chip stays as reset left it.

#include "board.h"
#include "firmware/port/system.h"

namespace earshot {

// Flash wait states first, then oscillator, PLL and the switch to it, so that the processor runs at
// board::kClockHz: all times come from that. Every wait has an end: a crystal that does not start
// must not keep the board silent. Memory is initialized, the console is not up yet.
void port::StartBoard() {}

}  // namespace earshot
