// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The image class of the blue pill (firmware/boards/blue-pill) in QEMU, which has no STM32F103: the
// Netduino 2's processor is the same, and the memory protection unit leaves it no more memory than
// the blue pill has.
#pragma once

#include <cstddef>
#include <cstdint>

#include "firmware/families/cortex_m/memory_limits.h"

namespace earshot::board {

inline constexpr char kName[] = "qemu-blue-pill";
constexpr uint32_t kClockHz = 120'000'000;  // Of the processor and of SysTick.

// Console: USART1.
constexpr uintptr_t kUsartBase = 0x40011000;
constexpr uint32_t kUsartClockHz = 60'000'000;  // Of its bus; QEMU does not look at the rate.
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uint32_t kWatchdogMs = 2000;  // QEMU's machine has none.

constexpr size_t kAudioQueueBlocks = 8;

// 64 KB of flash, 20 KB of RAM, and the peripherals' addresses.
constexpr cortex_m::MemoryLimits kMemoryLimits = {
    {0x0800'0000, 64 * 1024}, {0x2000'0000, 20 * 1024}, {0x4000'0000, 256 * 1024}};
static_assert(cortex_m::AreMpuRanges(kMemoryLimits));

}  // namespace earshot::board
