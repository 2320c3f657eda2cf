// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "firmware/families/cortex_m/core_setup.h"
#include "firmware/families/cortex_m/registers.h"

extern "C" {
extern const uint32_t linker_flash_begin[];
}

void earshot::cortex_m::SetUpCore() {
  Register(kVectorTableOffset) =
      static_cast<uint32_t>(reinterpret_cast<uintptr_t>(linker_flash_begin));
  // Full access to coprocessors 10 and 11, the floating-point unit and Helium. A processor without
  // them ignores it.
  Register(kCoprocessorAccess) = 0xFu << 20;
  SynchronizeData();
  SynchronizeInstructions();
}
