// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The watchdog of Nordic's nRF51 and nRF52. Starting it starts the 32,768 Hz RC oscillator too; it
// cannot be stopped or changed until the next reset. QEMU does not emulate it: the board never
// resets there.
//
// Source: nRF51 Series Reference Manual 3.0, chapter "WDT"; nRF52840 Product Specification
// 1.7, 6.36 "WDT": the same registers.

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/nrf/settings.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kWatchdog = 0x40010000;
constexpr uintptr_t kStart = kWatchdog + 0x000;
constexpr uintptr_t kReload = kWatchdog + 0x504;           // CRV
constexpr uintptr_t kRequestsEnabled = kWatchdog + 0x508;  // RREN: one bit per request register.
constexpr uintptr_t kConfigure = kWatchdog + 0x50C;
constexpr uint32_t kRunInSleep = 1u << 0;          // Bit 3 stays 0: a debugger that halts stops it.
constexpr uintptr_t kRequest = kWatchdog + 0x600;  // RR[0]
constexpr uint32_t kRequestKey = 0x6E524635;

}  // namespace

void port::StartWatchdog() {
  Register(kConfigure) = kRunInSleep;
  Register(kReload) = nrf::WatchdogReload(board::kWatchdogMs);
  Register(kRequestsEnabled) = 1;
  Register(kStart) = 1;
}

void port::FeedWatchdog() { Register(kRequest) = kRequestKey; }

}  // namespace earshot
