// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arm MPS2 with the AN500 image, as QEMU emulates it: Cortex-M7.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "mps2-an500";
constexpr uint32_t kClockHz = 25'000'000;  // Of the processor and of SysTick.

// Console: UART0.
constexpr uintptr_t kUartBase = 0x40004000;
constexpr uint32_t kUartClockHz = 25'000'000;
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uintptr_t kWatchdogBase = 0x40008000;
constexpr uint32_t kWatchdogClockHz = 25'000'000;
constexpr uint32_t kWatchdogMs = 2000;

constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
