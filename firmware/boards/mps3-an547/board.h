// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arm MPS3 with the AN547 image, as QEMU emulates it: Cortex-M55.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "mps3-an547";
constexpr uint32_t kClockHz = 32'000'000;  // Of the processor and of SysTick.

// Console: UART0.
constexpr uintptr_t kUartBase = 0x49303000;
constexpr uint32_t kUartClockHz = 25'000'000;
constexpr uint32_t kConsoleBaud = 115'200;

// The S32K watchdog of the SSE-300, secure alias.
constexpr uintptr_t kWatchdogBase = 0x5802E000;
constexpr uint32_t kWatchdogClockHz = 32'768;
constexpr uint32_t kWatchdogMs = 2000;

constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
