// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/port/indicator.h"

#include "board.h"
#include "firmware/families/nrf/gpio.h"

namespace earshot {

void port::StartIndicator() { nrf::MakeOutput(board::kLedPin, !board::kLedOnLevel); }
void port::SetIndicator(bool on) { nrf::SetPin(board::kLedPin, on == board::kLedOnLevel); }

}  // namespace earshot
