// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the blue pill's very drivers against recorded registers. What is expected is spelled from
// the fields that RM0008 describes, not from the drivers' constants.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "board.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32f1/interrupts.h"
#include "firmware/port/audio_source.h"
#include "firmware/port/console.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"
#include "tests/firmware/fake_registers/fake_registers.h"

namespace earshot {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

// RM0008, table 3, and each peripheral's register map.
constexpr uintptr_t kRccCr = 0x40021000, kRccCfgr = 0x40021004, kRccAhbenr = 0x40021014,
                    kRccApb2enr = 0x40021018, kRccApb1enr = 0x4002101C, kFlashAcr = 0x40022000,
                    kGpioaCrl = 0x40010800, kGpioaCrh = 0x40010804, kGpioaBsrr = 0x40010810,
                    kGpiocCrh = 0x40011004, kGpiocBsrr = 0x40011010, kUsartSr = 0x40013800,
                    kUsartDr = 0x40013804, kUsartBrr = 0x40013808, kUsartCr1 = 0x4001380C,
                    kAdcCr2 = 0x40012408, kAdcSmpr2 = 0x40012410, kAdcSqr1 = 0x4001242C,
                    kAdcSqr3 = 0x40012434, kAdcDr = 0x4001244C, kDmaIsr = 0x40020000,
                    kDmaIfcr = 0x40020004, kDmaCcr1 = 0x40020008, kDmaCndtr1 = 0x4002000C,
                    kDmaCpar1 = 0x40020010, kDmaCmar1 = 0x40020014, kTim3Cr1 = 0x40000400,
                    kTim3Cr2 = 0x40000404, kTim3Arr = 0x4000042C, kIwdgKr = 0x40003000,
                    kIwdgPr = 0x40003004, kIwdgRlr = 0x40003008, kNvicIser0 = 0xE000E100;

constexpr uint32_t Bit(int number) { return 1u << number; }

// What the chip does by itself: oscillators and PLL become ready, the clock is switched,
// calibration ends, the transmitter takes what comes.
struct Chip {
  bool has_crystal = true;
  bool has_pll = true;
  bool has_adc = true;

  uint32_t operator()(uintptr_t address, uint32_t written) const {
    switch (address) {
      case kRccCr: {
        const bool crystal = has_crystal && (written & Bit(16)) != 0;
        const bool pll = has_pll && (written & Bit(24)) != 0;
        return written | (crystal ? Bit(17) : 0) | (pll ? Bit(25) : 0);
      }
      case kRccCfgr:
        return written | (written & 3) << 2;
      case kAdcCr2:
        return has_adc ? written & ~(Bit(2) | Bit(3)) : written;
      case kUsartSr:
        return Bit(7);
      default:
        return written;
    }
  }
};

class Stm32F1Drivers : public ::testing::Test {
 protected:
  Stm32F1Drivers() { Start({}); }
  ~Stm32F1Drivers() override { FakeRegisters::Get().Reset(); }

  // A reset chip: RM0008 7.3.1 and 9.2 for the values that are not zero.
  static void Start(const Chip& chip) {
    FakeRegisters& registers = FakeRegisters::Get();
    registers.Reset();
    registers.on_read = chip;
    registers.Preset(kRccCr, 0x83);
    registers.Preset(kRccAhbenr, 0x14);
    for (const uintptr_t pins : {kGpioaCrl, kGpioaCrh, kGpiocCrh}) {
      registers.Preset(pins, 0x44444444);
    }
  }
  static const std::vector<FakeRegisters::Access>& Writes() {
    return FakeRegisters::Get().writes();
  }
  // The text that went out on the console.
  static std::string Sent() {
    std::string text;
    for (const auto& [address, value] : Writes()) {
      if (address == kUsartDr) text += static_cast<char>(value);
    }
    return text;
  }
};

// CFGR: PLL times 9 (field 7 at 18) from the crystal (16), ADC by 6 (2 at 14), APB1 by 2 (4 at 8),
// system clock from the PLL (2). PA9: alternate function push-pull at 2 MHz, 0xA; PA10: input with
// pull-up, 0x8.
TEST_F(Stm32F1Drivers, StartTheCrystalAndThePll) {
  port::StartBoard();
  const uint32_t cfgr = 7u << 18 | Bit(16) | 2u << 14 | 4u << 8;
  EXPECT_THAT(Writes(), ElementsAre(Pair(kRccCr, 0x83 | Bit(16)),  //
                                    Pair(kFlashAcr, Bit(4) | 2),   // Prefetch, two wait states,
                                    Pair(kRccCfgr, cfgr),          // before the clock is faster.
                                    Pair(kRccCr, 0x83 | Bit(16) | Bit(17) | Bit(24)),
                                    Pair(kRccCfgr, cfgr | 2),             //
                                    Pair(kRccApb2enr, Bit(2) | Bit(14)),  // GPIOA, USART1.
                                    Pair(kGpioaCrh, 0x444444A4),          //
                                    Pair(kGpioaBsrr, Bit(10)),            //
                                    Pair(kGpioaCrh, 0x444448A4)));
  EXPECT_EQ(stm32::ConsoleClockHz(), 72'000'000u);
  EXPECT_EQ(stm32::ClockWarning(), nullptr);
}

TEST_F(Stm32F1Drivers, SayThatTheCrystalIsMissing) {
  Chip chip;
  chip.has_crystal = false;
  Start(chip);
  port::StartBoard();
  // Times 16 (14 at 18) from half the internal oscillator.
  EXPECT_THAT(Writes(), testing::Contains(Pair(kRccCfgr, 14u << 18 | 2u << 14 | 4u << 8 | 2)));
  EXPECT_EQ(stm32::ConsoleClockHz(), 64'000'000u);
  port::StartConsole();
  EXPECT_THAT(Writes(), testing::Contains(Pair(kUsartBrr, 556)));  // 64 MHz / 115,200 = 555.6.
  EXPECT_THAT(Sent(), HasSubstr("the crystal does not start"));
  ASSERT_EQ(port::StartAudio(), nullptr);
  EXPECT_THAT(Writes(), testing::Contains(Pair(kTim3Arr, 3999)));  // 64 MHz / 4000.
}

// As when every register reads zero, which is what QEMU has for this peripheral.
TEST_F(Stm32F1Drivers, DoNotWaitForeverForClocks) {
  Chip chip;
  chip.has_crystal = chip.has_pll = false;
  Start(chip);
  port::StartBoard();
  EXPECT_EQ(stm32::ConsoleClockHz(), 8'000'000u);
  port::StartConsole();
  EXPECT_THAT(Sent(), HasSubstr("the PLL does not start"));
}

// CR1: USART, transmitter, receiver (13, 3, 2).
TEST_F(Stm32F1Drivers, SendAndReceive) {
  port::StartBoard();
  Start({});
  port::StartConsole();
  port::ConsoleWrite({"ok", 2});
  EXPECT_THAT(Writes(),
              ElementsAre(Pair(kUsartBrr, 625), Pair(kUsartCr1, Bit(13) | Bit(3) | Bit(2)),
                          Pair(kUsartDr, 'o'), Pair(kUsartDr, 'k')));
  EXPECT_EQ(port::ConsoleRead(), -1);
  FakeRegisters::Get().on_read = [](uintptr_t address, uint32_t) {
    return address == kUsartSr ? Bit(5) : 0x1F0u;
  };
  EXPECT_EQ(port::ConsoleRead(), 0xF0);
}

TEST_F(Stm32F1Drivers, DropTextThatTheConsoleDoesNotTake) {
  FakeRegisters::Get().on_read = nullptr;
  port::ConsoleWrite({"lost", 4});
  EXPECT_EQ(Sent(), "");
}

// PC13 low: the LED is on. Off before it becomes an output, so that it does not flash.
TEST_F(Stm32F1Drivers, LightTheLedByPullingItsPinLow) {
  port::StartIndicator();
  port::SetIndicator(true);
  EXPECT_THAT(Writes(), ElementsAre(Pair(kRccApb2enr, Bit(4)), Pair(kGpiocBsrr, Bit(13)),
                                    Pair(kGpiocCrh, 0x44244444), Pair(kGpiocBsrr, Bit(13 + 16))));
}

// Prescaler 64 (4); 2 s at 60 kHz are 1875 counts.
TEST_F(Stm32F1Drivers, StartAndFeedTheWatchdog) {
  port::StartWatchdog();
  port::FeedWatchdog();
  EXPECT_THAT(Writes(),
              ElementsAre(Pair(kIwdgKr, 0xCCCC), Pair(kIwdgKr, 0x5555), Pair(kIwdgPr, 4),
                          Pair(kIwdgRlr, 1875), Pair(kIwdgKr, 0xAAAA), Pair(kIwdgKr, 0xAAAA)));
}

class Stm32F1Microphone : public Stm32F1Drivers {
 protected:
  Stm32F1Microphone() {
    port::StartBoard();
    Start({});
    error_ = port::StartAudio();
  }

  // The half of the buffer that the DMA controller fills.
  static uint16_t* Half(int half) {
    for (const auto& [address, value] : Writes()) {
      if (address == kDmaCmar1) {
        return reinterpret_cast<uint16_t*>(static_cast<uintptr_t>(value)) + half * 40;
      }
    }
    return nullptr;
  }
  static void Interrupt(uint32_t status) {
    FakeRegisters::Get().Preset(kDmaIsr, status);
    Dma1Channel1Handler();
  }

  const char* error_;
};

TEST_F(Stm32F1Microphone, IsStartedInOrder) {
  EXPECT_EQ(error_, nullptr);
  EXPECT_THAT(Writes(), ElementsAre(Pair(kRccApb2enr, Bit(2) | Bit(9)),  // GPIOA, ADC1.
                                    Pair(kGpioaCrl, 0x44444440),         // PA0 analogue.
                                    Pair(kAdcCr2, Bit(0)),               // On,
                                    Pair(kAdcCr2, Bit(0) | Bit(3)),      // reset calibration,
                                    Pair(kAdcCr2, Bit(0) | Bit(2)),      // calibrate.
                                    Pair(kAdcSmpr2, 5),                  // Channel 0: 55.5 cycles.
                                    Pair(kAdcSqr1, 0),                   // One conversion
                                    Pair(kAdcSqr3, 0),                   // of channel 0.
                                    Pair(kRccAhbenr, 0x14 | Bit(0)),     // DMA1.
                                    Pair(kDmaCpar1, kAdcDr),             //
                                    Pair(kDmaCmar1, testing::Ne(0u)),    //
                                    Pair(kDmaCndtr1, 80),                //
                                    // High priority, 16 bits to 16 bits, memory increments,
                                    // circular, half and complete interrupts, on.
                                    Pair(kDmaCcr1, 2u << 12 | 1u << 10 | 1u << 8 | Bit(7) | Bit(5) |
                                                       Bit(2) | Bit(1) | Bit(0)),
                                    // External trigger on, source 4 (TIM3 TRGO), DMA, on.
                                    Pair(kAdcCr2, Bit(20) | 4u << 17 | Bit(8) | Bit(0)),
                                    Pair(kNvicIser0, Bit(11)),  // Interrupt 11.
                                    Pair(kRccApb1enr, Bit(1)),  // TIM3.
                                    Pair(kTim3Arr, 4499),       // 72 MHz / 4500.
                                    Pair(kTim3Cr2, 2u << 4),    // TRGO at each update.
                                    Pair(kTim3Cr1, Bit(0))));   // Counts.
}

TEST_F(Stm32F1Microphone, SaysThatTheConverterDoesNotAnswer) {
  Chip chip;
  chip.has_adc = false;
  Start(chip);
  EXPECT_STREQ(port::StartAudio(), "the converter does not answer");
}

// Half and complete in turn, 40 readings each: four of them are a block.
TEST_F(Stm32F1Microphone, GivesTheHalfThatIsComplete) {
  ASSERT_NE(Half(0), nullptr);
  ASSERT_EQ(port::WaitingAudioBlocks(), 0u);
  std::fill(Half(0), Half(0) + 80, 2048 + 100);
  Half(0)[39] = 2048 + 110;
  Half(1)[0] = 2048 + 90;
  for (int quarter = 0; quarter < 4; ++quarter) {
    ASSERT_EQ(port::WaitingAudioBlocks(), 0u) << quarter;
    const uint32_t event = quarter % 2 == 0 ? Bit(2) : Bit(1);
    Interrupt(event);
    EXPECT_EQ(Writes().back(), FakeRegisters::Access(kDmaIfcr, event));
  }
  ASSERT_EQ(port::WaitingAudioBlocks(), 1u);
  const Span<const int16_t> block = port::NextAudioBlock();
  EXPECT_EQ(block[0], 0);     // The offset is gone,
  EXPECT_EQ(block[39], 160);  // a step of the converter is 16.
  EXPECT_NEAR(block[40], -160, 1);
  EXPECT_NEAR(block[119], 160, 1);
  EXPECT_NEAR(block[120], -160, 1);
  EXPECT_NEAR(block[159], 0, 1);
  port::ReleaseAudioBlock();

  Interrupt(0);
  EXPECT_EQ(port::WaitingAudioBlocks(), 0u);
  EXPECT_FALSE(port::AudioEnded());
}

TEST_F(Stm32F1Microphone, CountsBlocksThatNobodyTook) {
  const uint32_t before = port::AudioOverruns();
  for (size_t i = 0; i < 2 * board::kAudioQueueBlocks; ++i) Interrupt(Bit(2) | Bit(1));
  EXPECT_EQ(port::AudioOverruns(), before);
  for (int i = 0; i < 4; ++i) Interrupt(Bit(1));
  EXPECT_EQ(port::AudioOverruns(), before + 1);
  while (port::WaitingAudioBlocks() > 0) port::ReleaseAudioBlock();
}

}  // namespace
}  // namespace earshot
