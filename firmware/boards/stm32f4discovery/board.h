// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ST's STM32F4DISCOVERY: STM32F407VG, Cortex-M4 at 168 MHz with floating-point unit, 1 MB of flash,
// 192 KB of RAM, a PDM microphone on the board. Pins: ST, UM1472. README.md shows the wiring.
#pragma once

#include <cstddef>
#include <cstdint>

namespace earshot::board {

inline constexpr char kName[] = "stm32f4discovery";
constexpr uint32_t kCrystalHz = 8'000'000;
constexpr uint32_t kClockHz = 168'000'000;  // Of the processor and of SysTick.

// Console: USART2, transmits on PA2, receives on PA3, which nothing else on the board uses. USART1
// will not do: PA9 is the USB socket's supply with its capacitor, PB6 the codec's bus.
constexpr uintptr_t kUsartBase = 0x40004400;
constexpr uint32_t kConsoleTxPin = 2;
constexpr uint32_t kConsoleRxPin = 3;
constexpr uint32_t kConsoleBaud = 115'200;

// LED: PD12, green (the others are PD13 orange, PD14 red, PD15 blue).
constexpr uint32_t kLedPin = 12;
constexpr bool kLedActiveHigh = true;

// Microphone: MP45DT02, clock on PB10 (I2S2_CK), data on PC3 (I2S2_SD). Its L/R pin is low, so its
// bits are valid while the clock is low, and are taken at the rising edge.
constexpr uint32_t kMicrophoneClockPin = 10;
constexpr uint32_t kMicrophoneDataPin = 3;
constexpr bool kMicrophoneClockRestsHigh = false;
// 1 MHz * 256 / 5 / 50 is 1.024 MHz exactly; the crystal's own error comes on top.
constexpr int32_t kAudioRateErrorPpm = 0;
// 18 dB: the microphone's full scale is 120 dB SPL, speech at arm's length some 60.
constexpr int kMicrophoneGainBits = 3;
// The microphone wakes up in 10 ms; then the high-pass (16 ms) forgets what came before.
constexpr uint32_t kMicrophoneSettlingMs = 200;

constexpr size_t kAudioQueueBlocks = 16;

// The watchdog's own oscillator may be anything from 17 to 47 kHz (data sheet DS8626, 5.3.9), so
// the time-out is 2 to 5.5 s.
constexpr uint32_t kWatchdogMs = 2000;
constexpr uint32_t kWatchdogFastestHz = 47'000;

}  // namespace earshot::board
