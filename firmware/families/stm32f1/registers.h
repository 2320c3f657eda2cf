// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The registers of the STM32F103 that more than one file needs.
//
// Source: RM0008, table 3 "Register boundary addresses", and the section named at each.
#pragma once

#include <cstdint>

#include "firmware/families/cortex_m/registers.h"

namespace earshot::stm32f1 {

using cortex_m::Register;

// Clock gates, 7.3.6 to 7.3.8.
constexpr uintptr_t kAhbGates = 0x40021014;
constexpr uint32_t kDma1Gate = 1u << 0;
constexpr uintptr_t kApb2Gates = 0x40021018;
constexpr uint32_t kGpioAGate = 1u << 2;
constexpr uint32_t kGpioCGate = 1u << 4;
constexpr uint32_t kAdc1Gate = 1u << 9;
constexpr uint32_t kUsart1Gate = 1u << 14;
constexpr uintptr_t kApb1Gates = 0x4002101C;
constexpr uint32_t kTimer3Gate = 1u << 1;

// Pins, 9.2: four bits of configuration each, eight pins in a register.
constexpr uintptr_t kGpioA = 0x40010800;
constexpr uintptr_t kGpioC = 0x40011000;
constexpr uintptr_t kGpioSetReset = 0x10;  // Writing bit n sets pin n, bit 16 + n clears it.

enum class PinMode : uint32_t {
  kAnalog = 0x0,
  kOutput = 0x2,      // Push-pull, 2 MHz.
  kPulled = 0x8,      // Input; pulled up where the output register has a 1.
  kPeripheral = 0xA,  // Output of a peripheral, push-pull, 2 MHz.
};

inline void SetPinMode(uintptr_t port, uint32_t pin, PinMode mode) {
  const uintptr_t configuration = port + 4 * (pin / 8);
  const uint32_t shift = 4 * (pin % 8);
  const uint32_t others = Register(configuration) & ~(0xFu << shift);
  Register(configuration) = others | static_cast<uint32_t>(mode) << shift;
}

inline void SetPin(uintptr_t port, uint32_t pin, bool high) {
  Register(port + kGpioSetReset) = 1u << (high ? pin : pin + 16);
}

}  // namespace earshot::stm32f1
