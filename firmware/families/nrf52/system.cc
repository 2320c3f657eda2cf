// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Starts an nRF52: crystal, instruction cache.

#include "firmware/port/system.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/nrf52/clock.h"

namespace earshot {
namespace {

using cortex_m::Register;

// nRF52840 Product Specification 1.7, 4.3 "NVMC": without its cache the processor waits for flash
// at each jump.
constexpr uintptr_t kInstructionCache = 0x4001E540;
constexpr uint32_t kCacheEnable = 1u << 0;

// The crystal takes less than 1 ms (Product Specification 1.7, 5.4 "CLOCK"); these reads take 15 ms
// and more at 64 MHz.
constexpr uint32_t kCrystalReads = 100'000;

}  // namespace

// A crystal that does not start is reported by StartAudio(), which needs it; all else runs without.
void port::StartBoard() {
  Register(kInstructionCache) = kCacheEnable;
  Register(nrf::kClockStartCrystal) = 1;
  for (uint32_t reads = 0; !nrf::CrystalRuns() && reads < kCrystalReads; ++reads) {
  }
}

// Does not sleep: sleep stops the processor's clock, which on the nRF52 is SysTick's too, and with
// it ClockTicks() and UptimeMs().
void port::WaitForInterrupt() {}

}  // namespace earshot
