// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Netduino 2, as QEMU emulates it: STM32F205RF, Cortex-M3, 1 MB of flash, 128 KB of RAM.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "netduino2";
constexpr uint32_t kClockHz = 120'000'000;  // Of the processor and of SysTick.

// Console: USART1.
constexpr uintptr_t kUsartBase = 0x40011000;
constexpr uint32_t kUsartClockHz = 60'000'000;  // Of its bus; QEMU does not look at the rate.
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uint32_t kWatchdogMs = 2000;  // QEMU's machine has none.

constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
