// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the STM32F103 that somebody handles: RM0008, section 10.1.2.
#pragma once

#include <cstdint>

namespace earshot::stm32f1 {

constexpr uint32_t kDma1Channel1Interrupt = 11;
constexpr uint32_t kInterrupts = 43;  // Of medium-density chips.

}  // namespace earshot::stm32f1

extern "C" void Dma1Channel1Handler();
