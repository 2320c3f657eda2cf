// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the STM32F405 and F407 that somebody handles: RM0090, section 12,
// "Interrupt and exception vectors".
#pragma once

#include <cstdint>

namespace earshot::stm32f4 {

constexpr uint32_t kDma1Stream3Interrupt = 14;
constexpr uint32_t kInterrupts = 82;

}  // namespace earshot::stm32f4

extern "C" void Dma1Stream3Handler();
