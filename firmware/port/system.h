// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// System: what a board does around the application: clocks, sleep, watchdog, the end. A facade: see
// firmware/port/audio_source.h.
#pragma once

#include <cstdint>

namespace earshot::port {

// Brings up clocks and power; called by the start-up code before main(), with memory initialized.
void StartBoard();

// Sleeps until the next interrupt; may return early.
void WaitForInterrupt();

// From here on the board resets itself unless the watchdog is fed at least every
// board::kWatchdogMs. Feed it where work has been done, never from a timer.
void StartWatchdog();
void FeedWatchdog();

// The end of the program. An emulated board hands `code` to the emulator as its exit status; a real
// one stops here with interrupts off (and, where it runs, the watchdog will reset it).
[[noreturn]] void Exit(int code);

// The stack: how many bytes it has, and the most that were in use so far (painted at start-up).
// In use == all of it means that it may have run over.
uint32_t StackBytes();
uint32_t StackUsedBytes();

}  // namespace earshot::port
