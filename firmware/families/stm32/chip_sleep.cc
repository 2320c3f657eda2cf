// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Sleep of real STM32 chips. DMA and timers go on while the processor sleeps.

#include "firmware/port/system.h"

void earshot::port::WaitForInterrupt() { asm volatile("wfi" ::: "memory"); }
