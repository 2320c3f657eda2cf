// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of a watchdog: the board never resets itself.

#include "board.h"
#include "firmware/port/system.h"

namespace earshot {

// Starts the watchdog with board::kWatchdogMs (the reload a constexpr function with a test).
void port::StartWatchdog() {}

// Reloads it.
void port::FeedWatchdog() {}

}  // namespace earshot
