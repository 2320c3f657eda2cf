// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Sleep, for chips whose SysTick runs on meanwhile.

#include "firmware/port/system.h"

namespace earshot {

// Sleeps until an interrupt. Where sleep stops SysTick, by which the board tells the time, it must
// return at once instead.
void port::WaitForInterrupt() { asm volatile("wfi" ::: "memory"); }

}  // namespace earshot
