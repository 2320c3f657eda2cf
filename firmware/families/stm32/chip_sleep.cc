// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Sleep and the end of real STM32 chips. DMA and timers go on while the processor sleeps.

#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/system.h"

namespace earshot {

void port::WaitForInterrupt() { asm volatile("wfi" ::: "memory"); }

void port::Exit(int /*code*/) {
  cortex_m::DisableInterrupts();
  while (true) WaitForInterrupt();
}

}  // namespace earshot
