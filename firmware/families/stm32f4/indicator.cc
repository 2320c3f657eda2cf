// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The LED of boards with an STM32F405 or F407, on port D.

#include "firmware/port/indicator.h"
#include "board.h"
#include "firmware/families/stm32f4/registers.h"

namespace earshot {

void port::StartIndicator() {
  stm32f4::OpenGates(stm32f4::kAhb1Gates, stm32f4::kGpioDGate);
  SetIndicator(false);
  stm32f4::SetOutput(stm32f4::kGpioD, board::kLedPin);
}

void port::SetIndicator(bool on) {
  stm32f4::SetPin(stm32f4::kGpioD, board::kLedPin, on == board::kLedActiveHigh);
}

}  // namespace earshot
