// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/systick_clock.h"

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/clock.h"

namespace earshot {
namespace {

constexpr uint32_t kTicksPerInterrupt = board::kClockHz / 1000 * cortex_m::kTickMs;
static_assert(kTicksPerInterrupt - 1 < (1u << 24), "SysTick counts 24 bits");

volatile uint32_t g_interrupts = 0;
void (*g_on_tick)() = nullptr;

}  // namespace
}  // namespace earshot

extern "C" void SysTickHandler() {
  earshot::g_interrupts = earshot::g_interrupts + 1;
  if (earshot::g_on_tick != nullptr) earshot::g_on_tick();
}

namespace earshot {

void cortex_m::OnTick(void (*function)()) { g_on_tick = function; }

void port::StartClock() {
  using cortex_m::Register;
  Register(cortex_m::kSysTickReload) = kTicksPerInterrupt - 1;
  Register(cortex_m::kSysTickCurrent) = 0;
  Register(cortex_m::kSysTickControl) =
      cortex_m::kSysTickEnable | cortex_m::kSysTickInterrupt | cortex_m::kSysTickProcessorClock;
}

// Reads until no interrupt came in between. With interrupts held off the counter may already have
// started anew: then that interrupt is pending, and counted here.
uint32_t port::ClockTicks() {
  uint32_t before = 0;
  uint32_t current = 0;
  bool pending = false;
  do {
    before = g_interrupts;
    current = cortex_m::Register(cortex_m::kSysTickCurrent);
    pending = (cortex_m::Register(cortex_m::kInterruptControl) & cortex_m::kPendSysTickSet) != 0;
    if (pending) current = cortex_m::Register(cortex_m::kSysTickCurrent);
  } while (g_interrupts != before);
  return (before + (pending ? 1 : 0)) * kTicksPerInterrupt + (kTicksPerInterrupt - 1 - current);
}

uint32_t port::UptimeMs() { return g_interrupts * cortex_m::kTickMs; }

}  // namespace earshot
