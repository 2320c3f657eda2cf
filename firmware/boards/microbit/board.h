// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// BBC micro:bit, first edition (Nordic nRF51822: Cortex-M0, 256 KB flash, 16 KB RAM), as QEMU
// emulates it. For tests only: QEMU gives the processor a SysTick, which the real nRF51 lacks, and
// the real board has no microphone.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "microbit";
constexpr uint32_t kClockHz = 16'000'000;  // Of the processor and of SysTick.

// Console: to the interface chip, which hands it on by USB.
constexpr uint32_t kConsoleTransmitPin = 24;
constexpr uint32_t kConsoleReceivePin = 25;
constexpr uint32_t kConsoleBaud = 115'200;

constexpr uint32_t kWatchdogMs = 2000;

constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
