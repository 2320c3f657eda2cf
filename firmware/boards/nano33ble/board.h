// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arduino Nano 33 BLE Sense (Nordic nRF52840: Cortex-M4F, 1 MB flash, 256 KB RAM; MP34DT05
// microphone), both revisions.
//
// Source of the pins: Arduino, Nano 33 BLE Sense, full pinout (ABX00031) and schematic.
#pragma once

#include <cstddef>
#include <cstdint>

#include "firmware/families/nrf/gpio.h"

namespace earshot::board {

inline constexpr char kName[] = "nano33ble";
constexpr uint32_t kClockHz = 64'000'000;  // Of the processor and of SysTick.

// Console: the header's TX1 and RX0, 3.3 V.
constexpr uint32_t kConsoleTransmitPin = nrf::Pin(1, 3);
constexpr uint32_t kConsoleReceivePin = nrf::Pin(1, 10);
constexpr uint32_t kConsoleBaud = 115'200;

// The orange LED beside the USB socket.
constexpr uint32_t kLedPin = nrf::Pin(0, 13);
constexpr bool kLedOnLevel = true;

// Microphone: MP34DT05-A (ST datasheet), 1.2 to 3.25 MHz.
constexpr uint32_t kMicrophonePowerPin = nrf::Pin(0, 17);
constexpr uint32_t kMicrophoneClockPin = nrf::Pin(0, 26);
constexpr uint32_t kMicrophoneDataPin = nrf::Pin(0, 25);
constexpr int64_t kMicrophoneLeastClockHz = 1'200'000;
constexpr int64_t kMicrophoneMostClockHz = 3'250'000;
constexpr bool kMicrophoneAtRisingEdge = false;
// 32 MHz / 25 / 80 is 16 kHz exactly; what remains is the crystal's tolerance.
constexpr int32_t kAudioRateErrorPpm = 0;
// The peripheral's 0 dB makes 2,500 RMS of a microphone that gives -26 dBFS at 94 dB, as this one
// does. Speech from a metre away has about 60 dB: 50 RMS, which +20 dB makes 500. Full scale is
// then near 97 dB.
constexpr int kMicrophoneGainHalfDecibels = 40;

constexpr uint32_t kWatchdogMs = 2000;

constexpr size_t kAudioQueueBlocks = 32;

}  // namespace earshot::board
