// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From reset to full speed on an STM32F103, and the console's pins.
//
// Source: RM0008, 3.3.3 (flash), 7.3 (clocks), 9.1.11 (pins of the USART).

#include "board.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32f1/clock_plan.h"
#include "firmware/families/stm32f1/registers.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

using namespace stm32f1;  // NOLINT(google-build-using-namespace): the chip of this file.

constexpr uintptr_t kFlashAccess = 0x40022000;
constexpr uint32_t kPrefetch = 1u << 4;

constexpr uintptr_t kClockControl = 0x40021000;
constexpr uint32_t kCrystalOn = 1u << 16;
constexpr uint32_t kCrystalReady = 1u << 17;
constexpr uint32_t kPllOn = 1u << 24;
constexpr uint32_t kPllReady = 1u << 25;

constexpr uintptr_t kClockConfiguration = 0x40021004;
constexpr uint32_t kUsePll = 2u << 0;
constexpr uint32_t kUsedMask = 3u << 2;
constexpr uint32_t kPllIsUsed = 2u << 2;
constexpr uint32_t kApb1Half = 4u << 8;
constexpr uint32_t kAdcSixth = 2u << 14;
static_assert(kAdcPrescaler == 6);
constexpr uint32_t kPllFromCrystal = 1u << 16;
constexpr uint32_t kPllMultiplierShift = 18;  // The field holds the multiplier less two.

constexpr ClockPlan kCrystalPlan = CrystalPlan(board::kCrystalHz, board::kClockHz);
static_assert(kCrystalPlan.Hz() == board::kClockHz && kCrystalPlan.Hz() <= 72'000'000);
static_assert(kCrystalPlan.pll_multiplier >= 2 && kCrystalPlan.pll_multiplier <= 16);

constexpr char kNoCrystal[] =
    "{\"event\":\"warning\",\"text\":\"the crystal does not start: 64 MHz from the internal "
    "oscillator, audio within 2.5 % of 16 kHz, times shown are 11 % short\"}\n";
constexpr char kNoPll[] =
    "{\"event\":\"warning\",\"text\":\"the PLL does not start: 8 MHz from the internal oscillator, "
    "too slow for speech\"}\n";

uint32_t g_clock_hz = kInternalHz;
const char* g_warning = nullptr;

// A crystal takes a few milliseconds (DS5319, 5.3.6: 2 typically); the processor runs at 8 MHz
// here, and a look takes at least four cycles, so this is 0.1 s or more.
constexpr uint32_t kPatience = 200'000;

bool WaitFor(uintptr_t address, uint32_t mask, uint32_t value) {
  for (uint32_t i = 0; i < kPatience; ++i) {
    if ((Register(address) & mask) == value) return true;
  }
  return false;
}

bool StartCrystal() {
  Register(kClockControl) |= kCrystalOn;
  return WaitFor(kClockControl, kCrystalReady, kCrystalReady);
}

// The flash needs its wait states before the clock gets faster.
bool StartPll(const ClockPlan& plan, uint32_t source) {
  Register(kFlashAccess) = kPrefetch | FlashWaitStates(plan.Hz());
  const uint32_t configuration =
      source | (plan.pll_multiplier - 2) << kPllMultiplierShift | kAdcSixth | kApb1Half;
  Register(kClockConfiguration) = configuration;
  Register(kClockControl) |= kPllOn;
  if (!WaitFor(kClockControl, kPllReady, kPllReady)) return false;
  Register(kClockConfiguration) = configuration | kUsePll;
  return WaitFor(kClockConfiguration, kUsedMask, kPllIsUsed);
}

void StartClocks() {
  const bool crystal = StartCrystal();
  const ClockPlan plan = crystal ? kCrystalPlan : kInternalPlan;
  const bool pll = StartPll(plan, crystal ? kPllFromCrystal : 0);
  g_clock_hz = pll ? plan.Hz() : kInternalHz;
  g_warning = !pll ? kNoPll : crystal ? nullptr : kNoCrystal;
}

}  // namespace

// The receiver's pin is pulled up, the line's idle level, so that a wire that is not there sends
// nothing.
void port::StartBoard() {
  StartClocks();
  Register(kApb2Gates) |= kGpioAGate | kUsart1Gate;
  SetPinMode(kGpioA, board::kConsoleTxPin, PinMode::kPeripheral);
  SetPin(kGpioA, board::kConsoleRxPin, true);
  SetPinMode(kGpioA, board::kConsoleRxPin, PinMode::kPulled);
}

// The peripheral bus 2, with USART1, runs at the processor's clock.
uint32_t stm32::ConsoleClockHz() { return g_clock_hz; }

const char* stm32::ClockWarning() { return g_warning; }

}  // namespace earshot
