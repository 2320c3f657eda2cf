// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of a board's data. Copy, and put the chip and what it is soldered to here.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "skeleton";
constexpr uint32_t kClockHz = 16'000'000;  // Of the processor and of SysTick, after StartBoard().

constexpr uint32_t kConsoleBaud = 115'200;

// How much faster than 16 kHz samples come, as far as dividers go: positive is too fast.
constexpr int32_t kAudioRateErrorPpm = 0;
constexpr uint32_t kWatchdogMs = 2000;

// Of 10 ms each, a power of two: as long as the application may be busy with something else.
constexpr size_t kAudioQueueBlocks = 8;

}  // namespace earshot::board
