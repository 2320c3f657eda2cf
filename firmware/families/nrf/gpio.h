// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Pins of Nordic's nRF51 and nRF52. A pin is a number as the PSEL registers of these chips have it:
// 32 times the port plus the pin in the port (the nRF51 has port 0 only).
//
// Source: nRF51 Series Reference Manual 3.0, chapter "GPIO"; nRF52840 Product Specification 1.7,
// 6.9 "GPIO": the same registers, the ports 0x300 apart.
#pragma once

#include <cstdint>

#include "firmware/families/cortex_m/registers.h"

namespace earshot::nrf {

constexpr uint32_t Pin(uint32_t port, uint32_t number) { return 32 * port + number; }

constexpr uintptr_t GpioPort(uint32_t pin) { return 0x50000000 + 0x300 * (pin / 32); }
constexpr uintptr_t GpioSet(uint32_t pin) { return GpioPort(pin) + 0x508; }    // OUTSET
constexpr uintptr_t GpioClear(uint32_t pin) { return GpioPort(pin) + 0x50C; }  // OUTCLR
constexpr uintptr_t GpioConfigure(uint32_t pin) {                              // PIN_CNF[n]
  return GpioPort(pin) + 0x700 + 4 * (pin % 32);
}
constexpr uint32_t kPinOutput = 1u << 0;
constexpr uint32_t kPinInputUnused = 1u << 1;  // The input buffer is off.
constexpr uint32_t kPinPullUp = 3u << 2;

inline void SetPin(uint32_t pin, bool on) {
  cortex_m::Register(on ? GpioSet(pin) : GpioClear(pin)) = 1u << (pin % 32);
}

// The level first, so that the pin does not show another one in between.
inline void MakeOutput(uint32_t pin, bool on) {
  SetPin(pin, on);
  cortex_m::Register(GpioConfigure(pin)) = kPinOutput | kPinInputUnused;
}

inline void MakeInput(uint32_t pin) { cortex_m::Register(GpioConfigure(pin)) = 0; }
inline void MakePulledUpInput(uint32_t pin) { cortex_m::Register(GpioConfigure(pin)) = kPinPullUp; }

}  // namespace earshot::nrf
