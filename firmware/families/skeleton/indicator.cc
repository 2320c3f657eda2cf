// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of an LED: it stays dark.

#include "firmware/port/indicator.h"

#include "board.h"

namespace earshot {

// Clock for the port, the pin an output, the LED off.
void port::StartIndicator() {}

// Lights it or not, whichever level that takes. Works in interrupts: fault reports light it.
void port::SetIndicator(bool /*on*/) {}

}  // namespace earshot
