// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of a console: nothing comes out.
//
// A real one names its source here: which manual, which chapter.

#include "firmware/port/console.h"

#include "board.h"

namespace earshot {

// Clock for the UART, its pins, the divider for board::kConsoleBaud from the clock it runs on (a
// constexpr function of its own, with a test), 8N1, transmitter and receiver on. May be called
// before StartClock() and must not wait for anything that may not come.
void port::StartConsole() {}

// For each byte: wait until there is room for it (so many reads at most: a UART that has stopped
// must not stop the application), then write it. Works with interrupts off, for fault reports.
void port::ConsoleWrite(Span<const char> /*text*/) {}

// The byte that was received, or -1 at once. Clears errors of the receiver (overrun), where the
// hardware stops receiving until somebody does.
int port::ConsoleRead() { return -1; }

}  // namespace earshot
