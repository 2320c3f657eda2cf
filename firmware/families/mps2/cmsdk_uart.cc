// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Console on the CMSDK APB UART of Arm's MPS2 and MPS3 boards.
//
// Source: Arm, Cortex-M System Design Kit Technical Reference Manual (DDI 0479), "APB UART".

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/console.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kData = board::kUartBase + 0x00;
constexpr uintptr_t kState = board::kUartBase + 0x04;
constexpr uint32_t kTransmitFull = 1u << 0;
constexpr uint32_t kReceiveFull = 1u << 1;
constexpr uintptr_t kControl = board::kUartBase + 0x08;
constexpr uint32_t kTransmitEnable = 1u << 0;
constexpr uint32_t kReceiveEnable = 1u << 1;
constexpr uintptr_t kBaudDivider = board::kUartBase + 0x10;

}  // namespace

void port::StartConsole() {
  Register(kBaudDivider) = board::kUartClockHz / board::kConsoleBaud;
  Register(kControl) = kTransmitEnable | kReceiveEnable;
}

void port::ConsoleWrite(Span<const char> text) {
  for (const char c : text) {
    while ((Register(kState) & kTransmitFull) != 0) {
    }
    Register(kData) = static_cast<uint8_t>(c);
  }
}

int port::ConsoleRead() {
  if ((Register(kState) & kReceiveFull) == 0) return -1;
  return static_cast<uint8_t>(Register(kData));
}

}  // namespace earshot
