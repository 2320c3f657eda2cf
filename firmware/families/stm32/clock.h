// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the drivers that all STM32 series share ask of the series: which clock they run on.
#pragma once

#include <cstdint>

namespace earshot::stm32 {

// Of the bus that the console's USART is on; valid after StartBoard().
uint32_t ConsoleClockHz();

// Null, or a line of JSON for the console, newline included: what is not as it should be with the
// clocks. StartConsole() prints it.
const char* ClockWarning();

}  // namespace earshot::stm32
