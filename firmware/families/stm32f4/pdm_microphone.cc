// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A PDM microphone on an STM32F407's I2S unit 2: as master receiver it gives the microphone its
// clock and gathers the bits, 16 in a word, the first highest; the DMA controller takes the words
// round a buffer of two blocks and interrupts at its half and at its end; that interrupt decimates.
//
// Source: RM0090, 28.4 and 28.5 (I2S), 10.5 (DMA; table 42: stream 3, channel 0 is SPI2's
// receiver), 7.3.1 and 7.3.23 (PLLI2S), 12 (interrupts).

#include <cstdint>

#include "board.h"
#include "firmware/audio/pdm_decimator.h"
#include "firmware/families/stm32f4/clock_plan.h"
#include "firmware/families/stm32f4/interrupts.h"
#include "firmware/families/stm32f4/registers.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/driver_queue.h"

namespace earshot {
namespace {

using namespace stm32f4;  // NOLINT(google-build-using-namespace): the chip of this file.

constexpr uint32_t kPllI2sOn = 1u << 26;
constexpr uint32_t kPllI2sReady = 1u << 27;
constexpr uintptr_t kPllI2sConfiguration = 0x40023884;  // Multiplier at 6, divider at 28.

constexpr uintptr_t kSpiControl2 = 0x40003804;
constexpr uint32_t kReceiveDma = 1u << 0;
constexpr uintptr_t kSpiData = 0x4000380C;
// Philips standard, 16 bits in frames of 16: every bit between two clock edges is kept. The clock
// rests low (bit 3): bits are taken at its rising edge.
constexpr uintptr_t kI2sConfiguration = 0x4000381C;
constexpr uint32_t kI2sClockRestsHigh = 1u << 3;
constexpr uint32_t kI2sMasterReceive = 3u << 8;
constexpr uint32_t kI2sOn = 1u << 10;
constexpr uint32_t kI2sMode = 1u << 11;
constexpr uintptr_t kI2sPrescaler = 0x40003820;
constexpr uint32_t kI2sOddShift = 8;

constexpr uintptr_t kDmaLowStatus = 0x40026000;
constexpr uintptr_t kDmaLowClear = 0x40026008;
constexpr uint32_t kStream3Half = 1u << 26;
constexpr uint32_t kStream3Complete = 1u << 27;
constexpr uintptr_t kStream3Configuration = 0x40026058;
constexpr uint32_t kDmaOn = 1u << 0;
constexpr uint32_t kDmaHalfInterrupt = 1u << 3;
constexpr uint32_t kDmaCompleteInterrupt = 1u << 4;
constexpr uint32_t kDmaCircular = 1u << 8;
constexpr uint32_t kDmaMemoryStep = 1u << 10;
constexpr uint32_t kDmaFrom16Bits = 1u << 11;
constexpr uint32_t kDmaTo16Bits = 1u << 13;
constexpr uint32_t kDmaHighPriority = 2u << 16;
constexpr uintptr_t kStream3Count = 0x4002605C;
constexpr uintptr_t kStream3Peripheral = 0x40026060;
constexpr uintptr_t kStream3Memory = 0x40026064;

constexpr uint32_t kI2sAlternateFunction = 5;  // SPI2 with its I2S.

constexpr uint32_t kPdmHz = port::kAudioRateHz * 16 * kPdmWordsPerSample;
constexpr PdmClockPlan kPlan = PlanPdmClock(kPdmHz);
static_assert(board::kAudioRateErrorPpm == kPlan.ErrorPpm(kPdmHz));

constexpr size_t kBlockWords = port::kAudioBlockSamples * kPdmWordsPerSample;
constexpr uint32_t kBlockMs = 10;
constexpr uint32_t kSettlingBlocks = board::kMicrophoneSettlingMs / kBlockMs;

// The PLL locks within 0.3 ms (DS8626, 5.3.10); a look takes two cycles at least.
constexpr uint32_t kPatience = board::kClockHz / 1000;

uint16_t g_words[2][kBlockWords];
PdmDecimator g_decimator(board::kMicrophoneGainBits);
uint32_t g_blocks_to_drop = 0;

bool StartMicrophoneClock() {
  Register(kPllI2sConfiguration) = kPlan.multiplier << 6 | kPlan.pll_divider << 28;
  Register(kClockControl) |= kPllI2sOn;
  for (uint32_t i = 0; i < kPatience; ++i) {
    if ((Register(kClockControl) & kPllI2sReady) != 0) return true;
  }
  return false;
}

void StartPins() {
  OpenGates(kAhb1Gates, kGpioBGate | kGpioCGate | kDma1Gate);
  OpenGates(kApb1Gates, kSpi2Gate);
  SetPeripheral(kGpioB, board::kMicrophoneClockPin, kI2sAlternateFunction);
  SetPeripheral(kGpioC, board::kMicrophoneDataPin, kI2sAlternateFunction);
}

void StartDma() {
  Register(kStream3Peripheral) = kSpiData;
  Register(kStream3Memory) = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(g_words));
  Register(kStream3Count) = 2 * kBlockWords;
  const uint32_t configuration = kDmaHalfInterrupt | kDmaCompleteInterrupt | kDmaCircular |
                                 kDmaMemoryStep | kDmaFrom16Bits | kDmaTo16Bits | kDmaHighPriority;
  Register(kStream3Configuration) = configuration;
  Register(kStream3Configuration) = configuration | kDmaOn;
}

void StartI2s() {
  constexpr uint32_t kMode =
      kI2sMode | kI2sMasterReceive | (board::kMicrophoneClockRestsHigh ? kI2sClockRestsHigh : 0);
  Register(kI2sPrescaler) = kPlan.divider / 2 | (kPlan.divider % 2) << kI2sOddShift;
  Register(kSpiControl2) = kReceiveDma;
  Register(kI2sConfiguration) = kMode;
  Register(kI2sConfiguration) = kMode | kI2sOn;
}

// While the microphone and the high-pass settle, samples go where the next block will overwrite
// them.
void ConvertBlock(const uint16_t* words) {
  int16_t* block = port::g_audio_queue.BeginWrite();
  if (block == nullptr) return;
  g_decimator.Process({words, kBlockWords}, {block, port::kAudioBlockSamples});
  if (g_blocks_to_drop > 0) {
    --g_blocks_to_drop;
    return;
  }
  port::g_audio_queue.EndWrite();
}

}  // namespace

// The microphone's clock starts last: everything that its bits set going is ready then.
const char* port::StartAudio() {
  if (!StartMicrophoneClock()) return "the microphone's clock (PLLI2S) does not start";
  g_blocks_to_drop = kSettlingBlocks;
  StartPins();
  StartDma();
  cortex_m::EnableInterrupt(kDma1Stream3Interrupt);
  StartI2s();
  return nullptr;
}

bool port::AudioEnded() { return false; }

}  // namespace earshot

// Each half stays untouched for the 10 ms in which the other is filled.
extern "C" void Dma1Stream3Handler() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code out here.
  const uint32_t events = Register(kDmaLowStatus) & (kStream3Half | kStream3Complete);
  Register(kDmaLowClear) = events;
  if ((events & kStream3Half) != 0) ConvertBlock(g_words[0]);
  if ((events & kStream3Complete) != 0) ConvertBlock(g_words[1]);
}
