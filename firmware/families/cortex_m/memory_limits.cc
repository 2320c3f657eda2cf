// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/memory_limits.h"

#include "firmware/families/cortex_m/registers.h"

namespace earshot {
namespace {

using cortex_m::Register;

// B3.5.4 to B3.5.9.
constexpr uintptr_t kControl = 0xE000ED94;
constexpr uint32_t kEnable = 1u << 0;
constexpr uint32_t kEnableInFaults = 1u << 1;  // HFNMIENA: hard faults are guarded, too.
constexpr uintptr_t kRegionNumber = 0xE000ED98;
constexpr uintptr_t kRegionBase = 0xE000ED9C;
constexpr uintptr_t kRegionAttributesAndSize = 0xE000EDA0;

void SetRegion(uint32_t number, const cortex_m::MemoryRange& range, cortex_m::MpuAccess access) {
  Register(kRegionNumber) = number;
  Register(kRegionBase) = static_cast<uint32_t>(range.begin);
  Register(kRegionAttributesAndSize) = cortex_m::MpuAttributesAndSize(range, access);
}

}  // namespace

// Without PRIVDEFENA there is no default map to fall back on.
void cortex_m::LimitMemory(const MemoryLimits& limits) {
  SetRegion(0, limits.flash, MpuAccess::kReadExecute);
  SetRegion(1, limits.ram, MpuAccess::kReadWrite);
  SetRegion(2, limits.peripherals, MpuAccess::kReadWriteDevice);
  SynchronizeData();
  Register(kControl) = kEnable | kEnableInFaults;
  SynchronizeData();
  SynchronizeInstructions();
}

}  // namespace earshot
