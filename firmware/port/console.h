// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Console: a serial line to a person or a program, 8 data bits, no parity, one stop bit, at
// board::kConsoleBaud. A facade: see firmware/port/audio_source.h.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::port {

void StartConsole();

// Sends all bytes; returns when the last one is on its way (polled: about 87 us a byte at 115,200
// baud, which the audio queue has to bridge). Must not be called from interrupts, but for those
// that never return.
void ConsoleWrite(Span<const char> text);

// The next byte that was received, or -1: none. Bytes that nobody reads in time are lost.
int ConsoleRead();

}  // namespace earshot::port
