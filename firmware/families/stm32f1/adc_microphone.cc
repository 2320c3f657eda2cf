// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A microphone with an amplifier on an STM32F103's converter: timer 3 starts a conversion 16,000
// times a second, the DMA controller takes the readings round a buffer of twice 2.5 ms and
// interrupts at its half and at its end. A quarter of a block at a time, because RAM is scarce.
//
// Source: RM0008, section 11 (ADC; 11.7 for what starts a conversion), 13 (DMA; table 78: channel 1
// is ADC1's), 15 (timers 2 to 5), 10.1.2 (interrupts).

#include <cstdint>

#include "board.h"
#include "firmware/audio/high_pass.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32f1/adc_sample.h"
#include "firmware/families/stm32f1/clock_plan.h"
#include "firmware/families/stm32f1/interrupts.h"
#include "firmware/families/stm32f1/registers.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/driver_queue.h"

namespace earshot {
namespace {

using namespace stm32f1;  // NOLINT(google-build-using-namespace): the chip of this file.

constexpr uintptr_t kAdcControl2 = 0x40012408;
constexpr uint32_t kAdcOn = 1u << 0;
constexpr uint32_t kAdcCalibrate = 1u << 2;
constexpr uint32_t kAdcResetCalibration = 1u << 3;
constexpr uint32_t kAdcDma = 1u << 8;
constexpr uint32_t kAdcByTimer3 = 4u << 17;  // EXTSEL: timer 3's TRGO event.
constexpr uint32_t kAdcExternalStart = 1u << 20;
constexpr uintptr_t kAdcSampleTimes2 = 0x40012410;  // Channels 0 to 9, three bits each.
constexpr uint32_t kAdc55Cycles = 5;
static_assert(kAdcHalfCycles == 2 * 55 + 1 + 25);
constexpr uintptr_t kAdcSequence1 =
    0x4001242C;  // Conversions in the sequence, less one: bit 20 on.
constexpr uintptr_t kAdcSequence3 = 0x40012434;  // The first channel: bits 0 to 4.
constexpr uintptr_t kAdcData = 0x4001244C;

constexpr uintptr_t kDmaStatus = 0x40020000;
constexpr uintptr_t kDmaClear = 0x40020004;
constexpr uint32_t kDmaComplete = 1u << 1;
constexpr uint32_t kDmaHalf = 1u << 2;
constexpr uintptr_t kDmaConfiguration = 0x40020008;
constexpr uint32_t kDmaOn = 1u << 0;
constexpr uint32_t kDmaCompleteInterrupt = 1u << 1;
constexpr uint32_t kDmaHalfInterrupt = 1u << 2;
constexpr uint32_t kDmaCircular = 1u << 5;
constexpr uint32_t kDmaMemoryStep = 1u << 7;
constexpr uint32_t kDmaFrom16Bits = 1u << 8;
constexpr uint32_t kDmaTo16Bits = 1u << 10;
constexpr uint32_t kDmaHighPriority = 2u << 12;
constexpr uintptr_t kDmaCount = 0x4002000C;
constexpr uintptr_t kDmaPeripheral = 0x40020010;
constexpr uintptr_t kDmaMemory = 0x40020014;

constexpr uintptr_t kTimerControl1 = 0x40000400;
constexpr uint32_t kTimerOn = 1u << 0;
constexpr uintptr_t kTimerControl2 = 0x40000404;
constexpr uint32_t kTimerTriggersOnUpdate = 2u << 4;
constexpr uintptr_t kTimerReload = 0x4000042C;

static_assert(IsAdcFastEnough(board::kClockHz, port::kAudioRateHz));
static_assert(IsAdcFastEnough(kInternalHz, port::kAudioRateHz));
static_assert(board::kClockHz / kAdcPrescaler <= 14'000'000);
static_assert(board::kAudioRateErrorPpm ==
              SampleRateErrorPpm(TimerHz(board::kClockHz), port::kAudioRateHz));

// Calibrating takes 83 cycles of the converter, 500 of the processor, waking up 1 us: a look takes
// at least two cycles.
constexpr uint32_t kWakeUpLooks = board::kClockHz / 1'000'000;
constexpr uint32_t kPatience = 10'000;

constexpr size_t kReadings = port::kAudioBlockSamples / 4;

uint16_t g_readings[2][kReadings];
HighPass g_high_pass;
int16_t* g_block = nullptr;  // The block that is being filled; null: there is no room for it.
size_t g_filled = 0;

bool WaitUntilClear(uint32_t bits) {
  for (uint32_t i = 0; i < kPatience; ++i) {
    if ((Register(kAdcControl2) & bits) == 0) return true;
  }
  return false;
}

const char* StartAdc() {
  Register(kApb2Gates) |= kGpioAGate | kAdc1Gate;
  SetPinMode(kGpioA, board::kMicrophonePin, PinMode::kAnalog);
  Register(kAdcControl2) = kAdcOn;
  for (uint32_t i = 0; i < kWakeUpLooks; ++i) static_cast<void>(uint32_t{Register(kAdcControl2)});
  Register(kAdcControl2) = kAdcOn | kAdcResetCalibration;
  if (!WaitUntilClear(kAdcResetCalibration)) return "the converter does not answer";
  Register(kAdcControl2) = kAdcOn | kAdcCalibrate;
  if (!WaitUntilClear(kAdcCalibrate)) return "the converter's calibration does not end";
  Register(kAdcSampleTimes2) = kAdc55Cycles << (3 * board::kMicrophoneChannel);
  Register(kAdcSequence1) = 0;
  Register(kAdcSequence3) = board::kMicrophoneChannel;
  return nullptr;
}

void StartDma() {
  Register(kAhbGates) |= kDma1Gate;
  Register(kDmaPeripheral) = kAdcData;
  Register(kDmaMemory) = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(g_readings));
  Register(kDmaCount) = 2 * kReadings;
  Register(kDmaConfiguration) = kDmaOn | kDmaCompleteInterrupt | kDmaHalfInterrupt | kDmaCircular |
                                kDmaMemoryStep | kDmaFrom16Bits | kDmaTo16Bits | kDmaHighPriority;
}

void StartTimer() {
  const uint32_t timer_hz = TimerHz(stm32::ConsoleClockHz());
  Register(kApb1Gates) |= kTimer3Gate;
  Register(kTimerReload) = SamplePeriod(timer_hz, port::kAudioRateHz) - 1;
  Register(kTimerControl2) = kTimerTriggersOnUpdate;
  Register(kTimerControl1) = kTimerOn;
}

// The mean is followed through lost blocks, too.
void Convert(const uint16_t* readings) {
  if (g_filled == 0) g_block = port::g_audio_queue.BeginWrite();
  for (size_t i = 0; i < kReadings; ++i) {
    const int16_t sample = g_high_pass.Filter(AdcSample(readings[i]));
    if (g_block != nullptr) g_block[g_filled + i] = sample;
  }
  g_filled += kReadings;
  if (g_filled < port::kAudioBlockSamples) return;
  g_filled = 0;
  if (g_block != nullptr) port::g_audio_queue.EndWrite();
}

}  // namespace

// The timer starts last: everything that it sets going is ready then.
const char* port::StartAudio() {
  const char* error = StartAdc();
  if (error != nullptr) return error;
  StartDma();
  Register(kAdcControl2) = kAdcOn | kAdcDma | kAdcByTimer3 | kAdcExternalStart;
  cortex_m::EnableInterrupt(kDma1Channel1Interrupt);
  StartTimer();
  return nullptr;
}

bool port::AudioEnded() { return false; }

}  // namespace earshot

// Each half stays untouched for the 2.5 ms in which the other is filled.
extern "C" void Dma1Channel1Handler() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code out here.
  const uint32_t events = Register(kDmaStatus) & (kDmaHalf | kDmaComplete);
  Register(kDmaClear) = events;
  if ((events & kDmaHalf) != 0) Convert(g_readings[0]);
  if ((events & kDmaComplete) != 0) Convert(g_readings[1]);
}
