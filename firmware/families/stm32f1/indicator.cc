// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The LED of boards with an STM32F103.

#include "firmware/port/indicator.h"
#include "board.h"
#include "firmware/families/stm32f1/registers.h"

namespace earshot {

using stm32f1::Register;

void port::StartIndicator() {
  Register(stm32f1::kApb2Gates) |= stm32f1::kGpioCGate;
  SetIndicator(false);
  stm32f1::SetPinMode(stm32f1::kGpioC, board::kLedPin, stm32f1::PinMode::kOutput);
}

void port::SetIndicator(bool on) {
  stm32f1::SetPin(stm32f1::kGpioC, board::kLedPin, on == board::kLedActiveHigh);
}

}  // namespace earshot
