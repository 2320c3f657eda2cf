// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From reset to full speed on an STM32F405 or F407, and the console's pins.
//
// Source: RM0090, 3.9.1 (flash), 7.3 (clocks), 5.4.1 (the voltage scale that 168 MHz needs is the
// reset value).

#include "board.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32f4/clock_plan.h"
#include "firmware/families/stm32f4/registers.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

using namespace stm32f4;  // NOLINT(google-build-using-namespace): the chip of this file.

constexpr uintptr_t kFlashAccess = 0x40023C00;
constexpr uint32_t kPrefetchAndCaches = 7u << 8;

constexpr uint32_t kCrystalOn = 1u << 16;
constexpr uint32_t kCrystalReady = 1u << 17;
constexpr uint32_t kPllOn = 1u << 24;
constexpr uint32_t kPllReady = 1u << 25;

// Bits 0 to 5 divide the oscillator down to the PLLs' input; the multiplier is at 6; 0 at 16 halves
// the PLL's output; the divider at 24 is that of USB, which wants 48 MHz and gets them.
constexpr uintptr_t kPllConfiguration = 0x40023804;
constexpr uint32_t kPllMultiplierShift = 6;
constexpr uint32_t kPllFromCrystal = 1u << 22;
constexpr uint32_t kPllUsbShift = 24;
constexpr uint32_t kUsbHz = 48'000'000;

constexpr uintptr_t kClockConfiguration = 0x40023808;
constexpr uint32_t kUsePll = 2u << 0;
constexpr uint32_t kUsedMask = 3u << 2;
constexpr uint32_t kPllIsUsed = 2u << 2;
constexpr uint32_t kBus1Quarter = 5u << 10;
constexpr uint32_t kBus2Half = 4u << 13;
static_assert(kBus1Divider == 4);

constexpr uint32_t kMultiplier = PllMultiplier(board::kClockHz);
static_assert(kMultiplier * kPllInputHz == 2 * board::kClockHz && board::kClockHz <= 168'000'000);
static_assert(kMultiplier >= 192 && kMultiplier <= 432);
static_assert(board::kCrystalHz % kPllInputHz == 0 && board::kCrystalHz / kPllInputHz >= 2);

constexpr uint32_t kConsoleAlternateFunction = 7;  // USART1 to 3.

constexpr char kNoCrystal[] =
    "{\"event\":\"warning\",\"text\":\"the crystal does not start: all clocks come from the "
    "internal "
    "oscillator, within 4 %\"}\n";
constexpr char kNoPll[] =
    "{\"event\":\"warning\",\"text\":\"the PLL does not start: 16 MHz from the internal "
    "oscillator, "
    "all times wrong\"}\n";

uint32_t g_clock_hz = kInternalHz;
const char* g_warning = nullptr;

// A crystal takes a few milliseconds (DS8626, 5.3.8: 2 typically); the processor runs at 16 MHz
// here, and a look takes at least four cycles, so this is 0.1 s or more.
constexpr uint32_t kPatience = 400'000;

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
bool StartPll(bool crystal) {
  Register(kFlashAccess) = kPrefetchAndCaches | FlashWaitStates(board::kClockHz);
  const uint32_t divider = (crystal ? board::kCrystalHz : kInternalHz) / kPllInputHz;
  Register(kPllConfiguration) = (crystal ? kPllFromCrystal : 0) | divider |
                                kMultiplier << kPllMultiplierShift |
                                (2 * board::kClockHz / kUsbHz) << kPllUsbShift;
  Register(kClockConfiguration) = kBus1Quarter | kBus2Half;
  Register(kClockControl) |= kPllOn;
  if (!WaitFor(kClockControl, kPllReady, kPllReady)) return false;
  Register(kClockConfiguration) = kBus1Quarter | kBus2Half | kUsePll;
  return WaitFor(kClockConfiguration, kUsedMask, kPllIsUsed);
}

void StartClocks() {
  const bool crystal = StartCrystal();
  const bool pll = StartPll(crystal);
  g_clock_hz = pll ? board::kClockHz : kInternalHz;
  g_warning = !pll ? kNoPll : crystal ? nullptr : kNoCrystal;
}

}  // namespace

// The receiver's pin is pulled up, the line's idle level, so that a wire that is not there sends
// nothing.
void port::StartBoard() {
  StartClocks();
  OpenGates(kAhb1Gates, kGpioAGate);
  OpenGates(kApb1Gates, kUsart2Gate);
  PullUp(kGpioA, board::kConsoleRxPin);
  SetPeripheral(kGpioA, board::kConsoleTxPin, kConsoleAlternateFunction);
  SetPeripheral(kGpioA, board::kConsoleRxPin, kConsoleAlternateFunction);
}

uint32_t stm32::ConsoleClockHz() { return g_clock_hz / kBus1Divider; }

const char* stm32::ClockWarning() { return g_warning; }

}  // namespace earshot
