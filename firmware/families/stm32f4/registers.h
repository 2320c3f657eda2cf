// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The registers of the STM32F405 and F407 that more than one file needs.
//
// Source: RM0090, table 1 "Register boundary addresses", and the section named at each.
#pragma once

#include <cstdint>

#include "firmware/families/cortex_m/registers.h"

namespace earshot::stm32f4 {

using cortex_m::Register;

// Clocks, 7.3.1.
constexpr uintptr_t kClockControl = 0x40023800;

// Clock gates, 7.3.10, 7.3.13.
constexpr uintptr_t kAhb1Gates = 0x40023830;
constexpr uint32_t kGpioAGate = 1u << 0;
constexpr uint32_t kGpioBGate = 1u << 1;
constexpr uint32_t kGpioCGate = 1u << 2;
constexpr uint32_t kGpioDGate = 1u << 3;
constexpr uint32_t kDma1Gate = 1u << 21;
constexpr uintptr_t kApb1Gates = 0x40023840;
constexpr uint32_t kSpi2Gate = 1u << 14;
constexpr uint32_t kUsart2Gate = 1u << 17;

// Pins, 8.4.
constexpr uintptr_t kGpioA = 0x40020000;
constexpr uintptr_t kGpioB = 0x40020400;
constexpr uintptr_t kGpioC = 0x40020800;
constexpr uintptr_t kGpioD = 0x40020C00;
constexpr uintptr_t kGpioMode = 0x00;       // Two bits a pin.
constexpr uintptr_t kGpioPull = 0x0C;       // Two bits a pin.
constexpr uintptr_t kGpioSetReset = 0x18;   // Writing bit n sets pin n, bit 16 + n clears it.
constexpr uintptr_t kGpioAlternate = 0x20;  // Four bits a pin, eight pins in a register.

// Opens clock gates. Reading back bridges the two cycles until a peripheral answers (errata sheet
// ES0182, "Delay after an RCC peripheral clock enabling").
inline void OpenGates(uintptr_t address, uint32_t gates) {
  Register(address) |= gates;
  static_cast<void>(uint32_t{Register(address)});
}

// Replaces the `bits` bits of field `index` of a register that is all such fields.
inline void SetField(uintptr_t address, uint32_t bits, uint32_t index, uint32_t value) {
  const uint32_t shift = bits * index;
  const uint32_t mask = ((1u << bits) - 1) << shift;
  Register(address) = (Register(address) & ~mask) | value << shift;
}

inline void SetOutput(uintptr_t port, uint32_t pin) { SetField(port + kGpioMode, 2, pin, 1); }

// Gives a pin to a peripheral: `function` is the number in the data sheet's table of alternate
// functions (DS8626, table 9).
inline void SetPeripheral(uintptr_t port, uint32_t pin, uint32_t function) {
  SetField(port + kGpioAlternate + 4 * (pin / 8), 4, pin % 8, function);
  SetField(port + kGpioMode, 2, pin, 2);
}

inline void PullUp(uintptr_t port, uint32_t pin) { SetField(port + kGpioPull, 2, pin, 1); }

inline void SetPin(uintptr_t port, uint32_t pin, bool high) {
  Register(port + kGpioSetReset) = 1u << (high ? pin : pin + 16);
}

}  // namespace earshot::stm32f4
