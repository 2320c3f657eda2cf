// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the STM32F4DISCOVERY's very drivers against recorded registers. What is expected is spelled
// from the fields that RM0090 describes, not from the drivers' constants.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "board.h"
#include "firmware/audio/pdm_decimator.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32f4/interrupts.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/console.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"
#include "tests/firmware/fake_registers/fake_registers.h"

namespace earshot {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// RM0090, table 1, and each peripheral's register map.
constexpr uintptr_t kRccCr = 0x40023800, kRccPllcfgr = 0x40023804, kRccCfgr = 0x40023808,
                    kRccAhb1enr = 0x40023830, kRccApb1enr = 0x40023840, kRccPlli2scfgr = 0x40023884,
                    kFlashAcr = 0x40023C00, kGpioaModer = 0x40020000, kGpioaPupdr = 0x4002000C,
                    kGpioaAfrl = 0x40020020, kGpiobModer = 0x40020400, kGpiobAfrh = 0x40020424,
                    kGpiocModer = 0x40020800, kGpiocAfrl = 0x40020820, kGpiodModer = 0x40020C00,
                    kGpiodBsrr = 0x40020C18, kUsartSr = 0x40004400, kUsartDr = 0x40004404,
                    kUsartBrr = 0x40004408, kSpiCr2 = 0x40003804, kSpiDr = 0x4000380C,
                    kSpiI2scfgr = 0x4000381C, kSpiI2spr = 0x40003820, kDmaLisr = 0x40026000,
                    kDmaLifcr = 0x40026008, kDmaS3cr = 0x40026058, kDmaS3ndtr = 0x4002605C,
                    kDmaS3par = 0x40026060, kDmaS3m0ar = 0x40026064, kIwdgRlr = 0x40003008,
                    kNvicIser0 = 0xE000E100;

constexpr uint32_t Bit(int number) { return 1u << number; }

// What the chip does by itself: oscillators and PLLs become ready, the clock is switched, the
// transmitter takes what comes.
struct Chip {
  bool has_crystal = true;
  bool has_pll = true;
  bool has_i2s_pll = true;

  uint32_t operator()(uintptr_t address, uint32_t written) const {
    switch (address) {
      case kRccCr: {
        const bool crystal = has_crystal && (written & Bit(16)) != 0;
        const bool pll = has_pll && (written & Bit(24)) != 0;
        const bool i2s_pll = has_i2s_pll && (written & Bit(26)) != 0;
        return written | (crystal ? Bit(17) : 0) | (pll ? Bit(25) : 0) | (i2s_pll ? Bit(27) : 0);
      }
      case kRccCfgr:
        return written | (written & 3) << 2;
      case kUsartSr:
        return Bit(7);
      default:
        return written;
    }
  }
};

class Stm32F4Drivers : public ::testing::Test {
 protected:
  Stm32F4Drivers() { Start({}); }
  ~Stm32F4Drivers() override { FakeRegisters::Get().Reset(); }

  // A reset chip: RM0090 7.3.1, 7.3.10 and 8.4.1 for the values that are not zero.
  static void Start(const Chip& chip) {
    FakeRegisters& registers = FakeRegisters::Get();
    registers.Reset();
    registers.on_read = chip;
    registers.Preset(kRccCr, 0x83);
    registers.Preset(kRccAhb1enr, 0x00100000);
    registers.Preset(kGpioaModer, 0xA8000000);
    registers.Preset(kGpioaPupdr, 0x64000000);
    registers.Preset(kGpiobModer, 0x00000280);
  }
  static const std::vector<FakeRegisters::Access>& Writes() {
    return FakeRegisters::Get().writes();
  }
  static std::string Sent() {
    std::string text;
    for (const auto& [address, value] : Writes()) {
      if (address == kUsartDr) text += static_cast<char>(value);
    }
    return text;
  }
};

// PLLCFGR: Q 7 at 24, source crystal (22), P 0 (by 2) at 16, N 336 at 6, M 8. CFGR: APB2 by 2 (4 at
// 13), APB1 by 4 (5 at 10), system clock from the PLL (2). PA2 and PA3: alternate function (2) 7,
// PA3 with pull-up (1).
TEST_F(Stm32F4Drivers, StartTheCrystalAndThePll) {
  port::StartBoard();
  const uint32_t cfgr = 4u << 13 | 5u << 10;
  EXPECT_THAT(Writes(), ElementsAre(Pair(kRccCr, 0x83 | Bit(16)),  //
                                    Pair(kFlashAcr, Bit(10) | Bit(9) | Bit(8) |
                                                        5),  // Caches, prefetch, 5 waits.
                                    Pair(kRccPllcfgr, 7u << 24 | Bit(22) | 336u << 6 | 8),  //
                                    Pair(kRccCfgr, cfgr),                                   //
                                    Pair(kRccCr, 0x83 | Bit(16) | Bit(17) | Bit(24)),       //
                                    Pair(kRccCfgr, cfgr | 2),                               //
                                    Pair(kRccAhb1enr, 0x00100000 | Bit(0)),   // GPIOA.
                                    Pair(kRccApb1enr, Bit(17)),               // USART2.
                                    Pair(kGpioaPupdr, 0x64000000 | 1u << 6),  //
                                    Pair(kGpioaAfrl, 7u << 8),                //
                                    Pair(kGpioaModer, 0xA8000000 | 2u << 4),  //
                                    Pair(kGpioaAfrl, 7u << 8 | 7u << 12),     //
                                    Pair(kGpioaModer, 0xA8000000 | 2u << 4 | 2u << 6)));
  EXPECT_EQ(stm32::ConsoleClockHz(), 42'000'000u);
  EXPECT_EQ(stm32::ClockWarning(), nullptr);
}

// M 16, from the internal oscillator: everything else stays.
TEST_F(Stm32F4Drivers, SayThatTheCrystalIsMissing) {
  Chip chip;
  chip.has_crystal = false;
  Start(chip);
  port::StartBoard();
  EXPECT_THAT(Writes(), Contains(Pair(kRccPllcfgr, 7u << 24 | 336u << 6 | 16)));
  EXPECT_EQ(stm32::ConsoleClockHz(), 42'000'000u);
  port::StartConsole();
  EXPECT_THAT(Writes(), Contains(Pair(kUsartBrr, 365)));  // 42 MHz / 115,200 = 364.6.
  EXPECT_THAT(Sent(), HasSubstr("the crystal does not start"));
}

TEST_F(Stm32F4Drivers, DoNotWaitForeverForClocks) {
  Chip chip;
  chip.has_crystal = chip.has_pll = chip.has_i2s_pll = false;
  Start(chip);
  port::StartBoard();
  port::StartConsole();
  EXPECT_THAT(Writes(), Contains(Pair(kUsartBrr, 35)));  // 16 MHz / 4 / 115,200 = 34.7.
  EXPECT_THAT(Sent(), HasSubstr("the PLL does not start"));
  EXPECT_STREQ(port::StartAudio(), "the microphone's clock (PLLI2S) does not start");
}

TEST_F(Stm32F4Drivers, LightTheGreenLed) {
  port::StartIndicator();
  port::SetIndicator(true);
  EXPECT_THAT(Writes(),
              ElementsAre(Pair(kRccAhb1enr, 0x00100000 | Bit(3)), Pair(kGpiodBsrr, Bit(12 + 16)),
                          Pair(kGpiodModer, 1u << 24), Pair(kGpiodBsrr, Bit(12))));
}

// 2 s at 47 kHz through a prescaler of 64 are 1468.75 counts from there down to zero.
TEST_F(Stm32F4Drivers, StartTheWatchdog) {
  port::StartWatchdog();
  EXPECT_THAT(Writes(), Contains(Pair(kIwdgRlr, 1468)));
}

class Stm32F4Microphone : public Stm32F4Drivers {
 protected:
  Stm32F4Microphone() { error_ = port::StartAudio(); }

  // The half of the buffer that the DMA controller fills.
  static uint16_t* Half(int half) {
    for (const auto& [address, value] : Writes()) {
      if (address == kDmaS3m0ar) {
        return reinterpret_cast<uint16_t*>(static_cast<uintptr_t>(value)) + half * 640;
      }
    }
    return nullptr;
  }
  static void Interrupt(uint32_t status) {
    FakeRegisters::Get().Preset(kDmaLisr, status);
    Dma1Stream3Handler();
  }

  const char* error_;
};

TEST_F(Stm32F4Microphone, IsStartedInOrder) {
  EXPECT_EQ(error_, nullptr);
  // High priority, 16 bits to 16 bits, memory increments, circular, from the peripheral, complete
  // and half interrupts, channel 0.
  const uint32_t dma = 2u << 16 | 1u << 13 | 1u << 11 | Bit(10) | Bit(8) | Bit(4) | Bit(3);
  const uint32_t i2s = Bit(11) | 3u << 8;  // I2S mode, master receive, Philips, 16 bits.
  EXPECT_THAT(
      Writes(),
      ElementsAre(Pair(kRccPlli2scfgr, 5u << 28 | 256u << 6),  // R 5, N 256: 51.2 MHz.
                  Pair(kRccCr, 0x83 | Bit(26)),                //
                  Pair(kRccAhb1enr, 0x00100000 | Bit(1) | Bit(2) | Bit(21)),  // GPIOB, C, DMA1.
                  Pair(kRccApb1enr, Bit(14)),                                 // SPI2.
                  Pair(kGpiobAfrh, 5u << 8),                                  // PB10.
                  Pair(kGpiobModer, 0x00000280 | 2u << 20),                   //
                  Pair(kGpiocAfrl, 5u << 12),                                 // PC3.
                  Pair(kGpiocModer, 2u << 6),                                 //
                  Pair(kDmaS3par, kSpiDr),                                    //
                  Pair(kDmaS3m0ar, testing::Ne(0u)),                          //
                  Pair(kDmaS3ndtr, 1280),                                     //
                  Pair(kDmaS3cr, dma),                                        //
                  Pair(kDmaS3cr, dma | Bit(0)),                               //
                  Pair(kNvicIser0, Bit(14)),                                  // Interrupt 14.
                  Pair(kSpiI2spr, 25),                                        // By 50.
                  Pair(kSpiCr2, Bit(0)),                                      // Receive by DMA.
                  Pair(kSpiI2scfgr, i2s),                                     //
                  Pair(kSpiI2scfgr, i2s | Bit(10))));
}

// 200 ms are dropped, then the halves come in turn, decimated.
TEST_F(Stm32F4Microphone, GivesTheHalfThatIsComplete) {
  ASSERT_NE(Half(0), nullptr);
  // Silence, then in both halves one more word of ones than of zeros, at different places.
  std::fill(Half(0), Half(0) + 1280, 0x5555);
  Half(0)[100] = 0xFFFF;
  Half(1)[300] = 0xFFFF;
  PdmDecimator decimator(board::kMicrophoneGainBits);
  int16_t wanted[160];
  for (int block = 0; block < 24; ++block) {
    const int half = block % 2;
    Interrupt(half == 0 ? Bit(26) : Bit(27));
    ASSERT_EQ(Writes().back(), FakeRegisters::Access(kDmaLifcr, half == 0 ? Bit(26) : Bit(27)));
    decimator.Process({Half(half), 640}, wanted);
    if (block < 20) {
      ASSERT_EQ(port::WaitingAudioBlocks(), 0u) << block;
      continue;
    }
    ASSERT_EQ(port::WaitingAudioBlocks(), 1u) << block;
    const Span<const int16_t> got = port::NextAudioBlock();
    EXPECT_TRUE(std::equal(got.begin(), got.end(), wanted)) << block;
    EXPECT_NE(*std::max_element(got.begin(), got.end()), 0);
    port::ReleaseAudioBlock();
  }
  Interrupt(0);
  EXPECT_EQ(port::WaitingAudioBlocks(), 0u);
  EXPECT_FALSE(port::AudioEnded());
}

TEST_F(Stm32F4Microphone, CountsBlocksThatNobodyTook) {
  const uint32_t before = port::AudioOverruns();
  for (size_t i = 0; i < 20 + board::kAudioQueueBlocks; ++i) Interrupt(Bit(26));
  EXPECT_EQ(port::AudioOverruns(), before);
  Interrupt(Bit(27));
  EXPECT_EQ(port::AudioOverruns(), before + 1);
  while (port::WaitingAudioBlocks() > 0) port::ReleaseAudioBlock();
}

}  // namespace
}  // namespace earshot
