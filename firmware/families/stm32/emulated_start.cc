// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// System of emulated STM32 boards. QEMU's machines run at full speed from the start, their USARTs
// need neither pins nor a clock, and they have no watchdog.

#include "firmware/port/system.h"

namespace earshot {

void port::StartBoard() {}
void port::StartWatchdog() {}
void port::FeedWatchdog() {}

}  // namespace earshot
