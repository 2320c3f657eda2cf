// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// No device of the emulated boards interrupts: audio comes with the processor's own SysTick. As
// many entries as the largest of the emulated chips has (RM0090, section 12: positions 0 to 81).

#include "firmware/families/stm32/device_vectors.h"

namespace earshot::stm32 {
namespace {

constexpr size_t kInterrupts = 82;

[[gnu::section(".vectors.device"), gnu::used]] const DeviceVectors<kInterrupts> kDeviceVectors =
    AllUnexpected<kInterrupts>();

}  // namespace
}  // namespace earshot::stm32
