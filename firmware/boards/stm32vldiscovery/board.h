// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ST's STM32VLDISCOVERY, as QEMU emulates it: STM32F100RB, Cortex-M3, 128 KB of flash, 8 KB of RAM:
// too little for a keyword spotter, enough for what is smaller.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "stm32vldiscovery";
constexpr uint32_t kClockHz = 24'000'000;  // Of the processor and of SysTick.

// Console: USART1.
constexpr uintptr_t kUsartBase = 0x40013800;
constexpr uint32_t kUsartClockHz = 24'000'000;  // Of its bus; QEMU does not look at the rate.
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uint32_t kWatchdogMs = 2000;  // QEMU's machine has none.

constexpr size_t kAudioQueueBlocks = 2;

}  // namespace earshot::board
