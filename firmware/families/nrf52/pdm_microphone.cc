// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A PDM microphone at the PDM peripheral of the nRF52840, which filters and decimates to 16-bit
// samples by itself and writes them to RAM in blocks.
//
// The peripheral takes its next buffer's address when it starts on a buffer (event STARTED), so
// that there must always be two: the one being written and the next. When a buffer is full (event
// END) the interrupt copies it into the queue: 320 bytes, a few microseconds.
//
// Source: nRF52840 Product Specification 1.7, 6.15 "PDM".

#include "firmware/families/nrf52/pdm_microphone.h"

#include <cstring>

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/nrf/gpio.h"
#include "firmware/families/nrf52/clock.h"
#include "firmware/families/nrf52/pdm_settings.h"
#include "firmware/port/driver_queue.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kPdm = 0x4001D000;
constexpr uint32_t kPdmInterrupt = 29;  // The peripheral's number: bits 12 to 19 of its address.
constexpr uintptr_t kStart = kPdm + 0x000;
constexpr uintptr_t kStarted = kPdm + 0x100;
constexpr uintptr_t kEnd = kPdm + 0x108;
constexpr uintptr_t kInterruptSet = kPdm + 0x304;
constexpr uint32_t kStartedInterrupt = 1u << 0;
constexpr uint32_t kEndInterrupt = 1u << 2;
constexpr uintptr_t kEnable = kPdm + 0x500;
constexpr uintptr_t kClockControl = kPdm + 0x504;
constexpr uintptr_t kMode = kPdm + 0x508;
constexpr uint32_t kMono = 1u << 0;
constexpr uint32_t kSampleAtRisingEdge = 1u << 1;
constexpr uintptr_t kGainLeft = kPdm + 0x518;
constexpr uintptr_t kGainRight = kPdm + 0x51C;
constexpr uintptr_t kRatio = kPdm + 0x520;
constexpr uintptr_t kClockPin = kPdm + 0x540;
constexpr uintptr_t kDataPin = kPdm + 0x544;
constexpr uintptr_t kBuffer = kPdm + 0x560;         // SAMPLE.PTR: RAM, a multiple of four.
constexpr uintptr_t kBufferSamples = kPdm + 0x564;  // SAMPLE.MAXCNT

constexpr nrf::PdmSetting kSetting = nrf::NearestPdmSetting(
    port::kAudioRateHz, board::kMicrophoneLeastClockHz, board::kMicrophoneMostClockHz);
static_assert(kSetting.divider != 0, "no clock of the PDM peripheral suits the microphone");
static_assert(kSetting.error_ppm(port::kAudioRateHz) == board::kAudioRateErrorPpm);
static_assert(board::kMicrophoneGainHalfDecibels >= -nrf::kPdmMostHalfDecibels &&
              board::kMicrophoneGainHalfDecibels <= nrf::kPdmMostHalfDecibels);

uint32_t g_writing = 0;   // Which buffer the peripheral writes.
uint32_t g_settling = 0;  // Blocks that are still to be thrown away.

void OfferBuffer(uint32_t which) {
  const auto address = reinterpret_cast<uintptr_t>(nrf::g_pdm_buffers[which]);
  Register(kBuffer) = static_cast<uint32_t>(address);
}

void TakeBlock(const int16_t* samples) {
  if (g_settling > 0) {
    --g_settling;
    return;
  }
  int16_t* block = port::g_audio_queue.BeginWrite();
  if (block == nullptr) return;
  std::memcpy(block, samples, sizeof(nrf::g_pdm_buffers[0]));
  port::g_audio_queue.EndWrite();
}

// The read makes sure that the event is gone before the interrupt returns; else it would come
// again (Product Specification 1.7, 6.1 "Peripheral interface").
void Clear(uintptr_t event) {
  Register(event) = 0;
  static_cast<void>(static_cast<uint32_t>(Register(event)));
}

}  // namespace

alignas(4) int16_t nrf::g_pdm_buffers[2][port::kAudioBlockSamples];

const char* port::StartAudio() {
  if (!nrf::CrystalRuns()) return "the 32 MHz crystal does not run";
  nrf::MakeOutput(board::kMicrophonePowerPin, true);
  nrf::MakeOutput(board::kMicrophoneClockPin, false);
  nrf::MakeInput(board::kMicrophoneDataPin);
  Register(kClockPin) = board::kMicrophoneClockPin;
  Register(kDataPin) = board::kMicrophoneDataPin;
  Register(kClockControl) = kSetting.clock_control;
  Register(kRatio) = kSetting.ratio();
  Register(kMode) = board::kMicrophoneAtRisingEdge ? kMono | kSampleAtRisingEdge : kMono;
  Register(kGainLeft) = nrf::PdmGain(board::kMicrophoneGainHalfDecibels);
  Register(kGainRight) = nrf::PdmGain(board::kMicrophoneGainHalfDecibels);
  g_writing = 0;
  g_settling = nrf::kPdmSettlingBlocks;
  OfferBuffer(g_writing);
  Register(kBufferSamples) = kAudioBlockSamples;
  Register(kStarted) = 0;
  Register(kEnd) = 0;
  Register(kInterruptSet) = kStartedInterrupt | kEndInterrupt;
  cortex_m::EnableInterrupt(kPdmInterrupt);
  Register(kEnable) = 1;
  Register(kStart) = 1;
  return nullptr;
}

bool port::AudioEnded() { return false; }

}  // namespace earshot

// The end of one buffer and the start on the next come at about the same time: the end goes first,
// since the start offers the buffer that it empties.
extern "C" void PdmHandler() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code in this file.
  if (Register(kEnd) != 0) {
    Clear(kEnd);
    TakeBlock(nrf::g_pdm_buffers[g_writing]);
    g_writing ^= 1;
  }
  if (Register(kStarted) != 0) {
    Clear(kStarted);
    OfferBuffer(g_writing ^ 1);
  }
}
