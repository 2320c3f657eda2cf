// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Blue pill: STM32F103C8, Cortex-M3 at 72 MHz, 64 KB of flash, 20 KB of RAM. README.md shows the
// wiring.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "blue-pill";
constexpr uint32_t kCrystalHz = 8'000'000;
constexpr uint32_t kClockHz = 72'000'000;  // Of the processor and of SysTick.

// Console: USART1, transmits on PA9, receives on PA10.
constexpr uintptr_t kUsartBase = 0x40013800;
constexpr uint32_t kConsoleTxPin = 9;
constexpr uint32_t kConsoleRxPin = 10;
constexpr uint32_t kConsoleBaud = 115'200;

// LED: PC13, which sinks its current.
constexpr uint32_t kLedPin = 13;
constexpr bool kLedActiveHigh = false;

// Microphone with amplifier: PA0, channel 0 of the converter. 72 MHz / 4500 is 16 kHz exactly; the
// crystal's own error comes on top.
constexpr uint32_t kMicrophonePin = 0;
constexpr uint32_t kMicrophoneChannel = 0;
constexpr int32_t kAudioRateErrorPpm = 0;

constexpr size_t kAudioQueueBlocks = 8;

// The watchdog's own oscillator may be anything from 30 to 60 kHz (data sheet DS5319, 5.3.7), so
// the time-out is 2 to 4 s.
constexpr uint32_t kWatchdogMs = 2000;
constexpr uint32_t kWatchdogFastestHz = 60'000;

}  // namespace earshot::board
