// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The clock of emulated STM32 boards: there is none to set.

#include "board.h"
#include "firmware/families/stm32/clock.h"

namespace earshot {

uint32_t stm32::ConsoleClockHz() { return board::kUsartClockHz; }

const char* stm32::ClockWarning() { return nullptr; }

}  // namespace earshot
