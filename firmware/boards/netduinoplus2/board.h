// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Netduino Plus 2, as QEMU emulates it: STM32F405RG, Cortex-M4 with floating-point unit, 1 MB of
// flash, 128 KB of RAM (the 64 KB at 0x10000000, which no DMA reaches, are not used).
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "netduinoplus2";
constexpr uint32_t kClockHz = 168'000'000;  // Of the processor and of SysTick.

// Console: USART1.
constexpr uintptr_t kUsartBase = 0x40011000;
constexpr uint32_t kUsartClockHz = 84'000'000;  // Of its bus; QEMU does not look at the rate.
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uint32_t kWatchdogMs = 2000;  // QEMU's machine has none.

constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
