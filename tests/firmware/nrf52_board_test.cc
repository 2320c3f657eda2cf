// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the nRF52's drivers with the Nano 33 BLE's board.h on registers that remember, and compares
// what they write with what the manual asks for. Addresses and fields are written out here from the
// manual once more: nRF52840 Product Specification 1.7, chapters named at each test.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "board.h"
#include "firmware/families/nrf52/pdm_microphone.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/console.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"
#include "tests/firmware/fake_registers/fake_registers.h"

namespace earshot {
namespace {

using testing::ElementsAre;
using testing::Pair;

using Writes = std::vector<FakeRegisters::Access>;

FakeRegisters& Registers() { return FakeRegisters::Get(); }

constexpr uintptr_t kHfclkStat = 0x4000040C;
constexpr uint32_t kCrystalRuns = 0x00010001;  // STATE running, SRC Xtal.

uint32_t Address(const void* pointer) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pointer));
}

class Nrf52BoardTest : public testing::Test {
 protected:
  Nrf52BoardTest() { Registers().Reset(); }
};

// 5.4 "CLOCK", 4.3 "NVMC".
const Writes kStartBoard = {
    {0x4001E000 + 0x540, 1},  // ICACHECNF.CACHEEN
    {0x40000000 + 0x000, 1},  // TASKS_HFCLKSTART
};

TEST_F(Nrf52BoardTest, StartsTheCrystal) {
  Registers().Preset(kHfclkStat, kCrystalRuns);
  port::StartBoard();
  EXPECT_EQ(Registers().writes(), kStartBoard);
  EXPECT_EQ(port::StartAudio(), nullptr);
}

TEST_F(Nrf52BoardTest, GivesUpACrystalThatDoesNotStart) {
  Registers().Preset(kHfclkStat, 0x00010000);  // Running, from the RC oscillator.
  port::StartBoard();
  EXPECT_EQ(Registers().writes(), kStartBoard);
  EXPECT_EQ(std::string(port::StartAudio()), "the 32 MHz crystal does not run");
  EXPECT_EQ(Registers().writes(), kStartBoard) << "StartAudio() went on without it";
}

// 6.9 "GPIO": OUTSET 0x508, OUTCLR 0x50C, PIN_CNF[n] 0x700 + 4 n (DIR output: bit 0, INPUT
// disconnected: bit 1, PULL up: 3 << 2). Port 1 is 0x300 further.
constexpr uintptr_t kP0 = 0x50000000;
constexpr uintptr_t kP1 = 0x50000300;

TEST_F(Nrf52BoardTest, LightsTheOrangeLed) {
  port::StartIndicator();
  port::SetIndicator(true);
  port::SetIndicator(false);
  EXPECT_THAT(Registers().writes(),
              ElementsAre(Pair(kP0 + 0x50C, 1u << 13), Pair(kP0 + 0x700 + 4 * 13, 3),
                          Pair(kP0 + 0x508, 1u << 13), Pair(kP0 + 0x50C, 1u << 13)));
}

// 6.33 "UART".
constexpr uintptr_t kUart = 0x40002000;
constexpr uintptr_t kTxdrdy = kUart + 0x11C;
constexpr uintptr_t kTxd = kUart + 0x51C;

TEST_F(Nrf52BoardTest, OpensTheConsoleOnTheHeader) {
  port::StartConsole();
  const Writes expected = {
      {kP1 + 0x508, 1u << 3},           // TX idles high,
      {kP1 + 0x700 + 4 * 3, 3},         // and is an output.
      {kP1 + 0x700 + 4 * 10, 3u << 2},  // RX is pulled up.
      {kUart + 0x50C, 1u << 5 | 3},     // PSEL.TXD: port, pin
      {kUart + 0x514, 1u << 5 | 10},    // PSEL.RXD
      {kUart + 0x508, 0xFFFFFFFF},      // PSEL.RTS: disconnected
      {kUart + 0x510, 0xFFFFFFFF},      // PSEL.CTS
      {kUart + 0x56C, 0},               // CONFIG: no flow control, no parity, one stop bit
      {kUart + 0x524, 0x01D7E000},      // BAUDRATE: Baud115200
      {kUart + 0x500, 4},               // ENABLE
      {kUart + 0x108, 0},               // EVENTS_RXDRDY
      {kUart + 0x008, 1},               // TASKS_STARTTX
      {kUart + 0x000, 1},               // TASKS_STARTRX
  };
  EXPECT_EQ(Registers().writes(), expected);
}

TEST_F(Nrf52BoardTest, SendsByteAfterByte) {
  Registers().on_read = [](uintptr_t address, uint32_t written) {
    const bool sent = address == kTxdrdy && Registers().writes().back().first == kTxd;
    return sent ? 1 : written;
  };
  const std::string text = "caf\xC3\xA9";
  port::ConsoleWrite({text.data(), text.size()});
  // Before each byte, the event of the one before goes.
  EXPECT_THAT(Registers().writes(),
              ElementsAre(Pair(kTxdrdy, 0), Pair(kTxd, 'c'), Pair(kTxdrdy, 0), Pair(kTxd, 'a'),
                          Pair(kTxdrdy, 0), Pair(kTxd, 'f'), Pair(kTxdrdy, 0), Pair(kTxd, 0xC3),
                          Pair(kTxdrdy, 0), Pair(kTxd, 0xA9)));
}

TEST_F(Nrf52BoardTest, GoesOnWithoutAUartThatHasStopped) {
  port::ConsoleWrite({"x", 1});
  EXPECT_THAT(Registers().writes(), ElementsAre(Pair(kTxdrdy, 0), Pair(kTxd, 'x')));
}

TEST_F(Nrf52BoardTest, ReadsWhatWasReceived) {
  EXPECT_EQ(port::ConsoleRead(), -1);
  Registers().Preset(kUart + 0x108, 1);
  Registers().Preset(kUart + 0x518, 0xE9);
  EXPECT_EQ(port::ConsoleRead(), 0xE9);
  EXPECT_EQ(port::ConsoleRead(), -1);
}

// 6.36 "WDT".
TEST_F(Nrf52BoardTest, StartsAndFeedsTheWatchdog) {
  port::StartWatchdog();
  port::FeedWatchdog();
  EXPECT_THAT(Registers().writes(),
              ElementsAre(Pair(0x4001050C, 1),       // CONFIG: SLEEP run, HALT pause
                          Pair(0x40010504, 65'535),  // CRV: 2 s of 32,768 Hz
                          Pair(0x40010508, 1),       // RREN: RR[0]
                          Pair(0x40010000, 1),       // TASKS_START
                          Pair(0x40010600, 0x6E524635)));
}

// 6.15 "PDM". Does what the peripheral does: takes the buffer's address at its start, fills it,
// takes the next.
constexpr uintptr_t kPdm = 0x4001D000;
constexpr uintptr_t kStarted = kPdm + 0x100;
constexpr uintptr_t kEnd = kPdm + 0x108;
constexpr uintptr_t kSamplePtr = kPdm + 0x560;

class PdmTest : public Nrf52BoardTest {
 protected:
  PdmTest() {
    while (port::WaitingAudioBlocks() > 0) port::ReleaseAudioBlock();
    Registers().Preset(kHfclkStat, kCrystalRuns);
    EXPECT_EQ(port::StartAudio(), nullptr);
  }

  void Start() {
    TakeBufferAddress();
    PdmHandler();
  }

  // Fills the buffer with consecutive numbers and starts on the next.
  void Fill() {
    for (int16_t& sample : *buffer_) sample = static_cast<int16_t>(next_sample_++);
    Registers().Preset(kEnd, 1);
  }
  void TakeBufferAddress() {
    const uint32_t address = Registers().Read(kSamplePtr);
    ASSERT_TRUE(address == Address(nrf::g_pdm_buffers[0]) ||
                address == Address(nrf::g_pdm_buffers[1]));
    buffer_ = &nrf::g_pdm_buffers[address == Address(nrf::g_pdm_buffers[0]) ? 0 : 1];
    Registers().Preset(kStarted, 1);
  }
  void RunBlock() {
    Fill();
    TakeBufferAddress();
    PdmHandler();
    EXPECT_EQ(Registers().Read(kEnd), 0u);
    EXPECT_EQ(Registers().Read(kStarted), 0u);
  }

  // Checks that the next block begins with `sample`, and releases it.
  void ExpectBlock(uint32_t sample) {
    const Span<const int16_t> block = port::NextAudioBlock();
    ASSERT_EQ(block.size(), port::kAudioBlockSamples);
    for (const int16_t value : block) ASSERT_EQ(value, static_cast<int16_t>(sample++));
    port::ReleaseAudioBlock();
  }

  uint32_t next_sample_ = 0;
  int16_t (*buffer_)[port::kAudioBlockSamples] = nullptr;
};

TEST_F(PdmTest, StartsAsTheManualSays) {
  const Writes expected = {
      {kP0 + 0x508, 1u << 17},  // Power on,
      {kP0 + 0x700 + 4 * 17, 3},
      {kP0 + 0x50C, 1u << 26},  // the clock low,
      {kP0 + 0x700 + 4 * 26, 3},
      {kP0 + 0x700 + 4 * 25, 0},   // and the data an input.
      {kPdm + 0x540, 26},          // PSEL.CLK
      {kPdm + 0x544, 25},          // PSEL.DIN
      {kPdm + 0x504, 0x0A000000},  // PDMCLKCTRL: 1280K
      {kPdm + 0x520, 1},           // RATIO: Ratio80
      {kPdm + 0x508, 1},           // MODE: mono, left at the falling edge
      {kPdm + 0x518, 0x50},        // GAINL: +20 dB
      {kPdm + 0x51C, 0x50},        // GAINR
      {kPdm + 0x560, Address(nrf::g_pdm_buffers[0])},
      {kPdm + 0x564, 160},          // SAMPLE.MAXCNT
      {kPdm + 0x100, 0},            // EVENTS_STARTED
      {kPdm + 0x108, 0},            // EVENTS_END
      {kPdm + 0x304, 1 | 1u << 2},  // INTENSET: STARTED, END
      {0xE000E100, 1u << 29},       // NVIC_ISER0: the peripheral's identifier is 0x1D.
      {kPdm + 0x500, 1},            // ENABLE
      {kPdm + 0x000, 1},            // TASKS_START, last.
  };
  EXPECT_EQ(Registers().writes(), expected);
  EXPECT_EQ(Address(nrf::g_pdm_buffers[0]) % 4, 0u);
  EXPECT_FALSE(port::AudioEnded());
}

TEST_F(PdmTest, HandsOnEverySampleAfterSettling) {
  Start();
  for (uint32_t i = 0; i < nrf::kPdmSettlingBlocks; ++i) RunBlock();
  EXPECT_EQ(port::WaitingAudioBlocks(), 0u);
  for (int i = 0; i < 200; ++i) {
    const uint32_t sample = next_sample_;
    RunBlock();
    ASSERT_NO_FATAL_FAILURE(ExpectBlock(sample));
  }
  EXPECT_EQ(port::WaitingAudioBlocks(), 0u);
}

// The interrupt may come for the end already, before the peripheral is on the next buffer.
TEST_F(PdmTest, TakesEndAndStartOneByOneToo) {
  Start();
  for (uint32_t i = 0; i < nrf::kPdmSettlingBlocks; ++i) RunBlock();
  for (int i = 0; i < 10; ++i) {
    const uint32_t sample = next_sample_;
    Fill();
    PdmHandler();
    TakeBufferAddress();
    PdmHandler();
    ASSERT_NO_FATAL_FAILURE(ExpectBlock(sample));
  }
}

TEST_F(PdmTest, CountsWhatTheApplicationMissed) {
  Start();
  for (uint32_t i = 0; i < nrf::kPdmSettlingBlocks; ++i) RunBlock();
  const uint32_t overruns = port::AudioOverruns();
  const uint32_t first = next_sample_;
  for (size_t i = 0; i < board::kAudioQueueBlocks + 3; ++i) RunBlock();
  EXPECT_EQ(port::AudioOverruns() - overruns, 3u);
  for (uint32_t i = 0; i < board::kAudioQueueBlocks; ++i) {
    ASSERT_NO_FATAL_FAILURE(ExpectBlock(first + i * port::kAudioBlockSamples));
  }
  const uint32_t after_gap = next_sample_;
  RunBlock();
  ASSERT_NO_FATAL_FAILURE(ExpectBlock(after_gap));
}

}  // namespace
}  // namespace earshot
