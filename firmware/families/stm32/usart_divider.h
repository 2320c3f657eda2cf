// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The baud rate divider of the STM32's USARTs, which is the same in all series that are served
// here.
//
// Source: RM0008 (STM32F1) 27.3.4, RM0033 (F2) 24.3.4, RM0090 (F4) 30.3.4, "fractional baud rate
// generation": the register holds the divider in sixteenths, and with 16 samples per bit
// baud = clock / (16 * divider); so the register's value is clock / baud.
#pragma once

#include <cstdint>

namespace earshot::stm32 {

// The value of the BRR register; nearest, 16 at least.
constexpr uint32_t UsartDivider(uint32_t clock_hz, uint32_t baud) {
  return (clock_hz + baud / 2) / baud;
}

// By how much the real rate is too fast, in millionths.
constexpr int32_t UsartErrorPpm(uint32_t clock_hz, uint32_t baud) {
  const int64_t exact = static_cast<int64_t>(baud) * UsartDivider(clock_hz, baud);
  return static_cast<int32_t>((clock_hz - exact) * 1'000'000 / exact);
}

}  // namespace earshot::stm32
