// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// System for emulated boards: clocks need nothing, the end is the emulator's.

#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/cortex_m/semihosting.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"

namespace earshot {

void port::WaitForInterrupt() { asm volatile("wfi" ::: "memory"); }

void port::Exit(ExitCode code) { semihosting::Exit(static_cast<int>(code)); }

// There is no LED to be seen.
void port::StartIndicator() {}
void port::SetIndicator(bool /*on*/) {}

}  // namespace earshot
