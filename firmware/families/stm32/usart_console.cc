// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Console on a USART of an STM32F1, F2 or F4, whose registers are the same. Pins and the bus
// clock's gate are the series' own; they are set in StartBoard().
//
// Source: RM0008 (STM32F1) 27.6, RM0033 (F2) 24.6, RM0090 (F4) 30.6, "USART registers".

#include <cstring>

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/stm32/clock.h"
#include "firmware/families/stm32/usart_divider.h"
#include "firmware/port/console.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kStatus = board::kUsartBase + 0x00;
constexpr uint32_t kReceived = 1u << 5;       // RXNE.
constexpr uint32_t kTransmitEmpty = 1u << 7;  // TXE.
constexpr uintptr_t kData = board::kUsartBase + 0x04;
constexpr uintptr_t kBaudRate = board::kUsartBase + 0x08;
constexpr uintptr_t kControl1 = board::kUsartBase + 0x0C;
constexpr uint32_t kReceiveEnable = 1u << 2;
constexpr uint32_t kTransmitEnable = 1u << 3;
constexpr uint32_t kUsartEnable = 1u << 13;

// A byte takes ten bits' time. A look at the register takes a cycle at least, so after this many
// looks far more than one byte's time has passed, and the USART is not running.
constexpr uint32_t kPatience = 16 * (board::kClockHz / board::kConsoleBaud);

bool WaitForRoom() {
  for (uint32_t i = 0; i < kPatience; ++i) {
    if ((Register(kStatus) & kTransmitEmpty) != 0) return true;
  }
  return false;
}

}  // namespace

// The reset values of the other registers mean 8 data bits, no parity, one stop bit, 16 samples per
// bit.
void port::StartConsole() {
  Register(kBaudRate) = stm32::UsartDivider(stm32::ConsoleClockHz(), board::kConsoleBaud);
  Register(kControl1) = kUsartEnable | kTransmitEnable | kReceiveEnable;
  const char* warning = stm32::ClockWarning();
  if (warning != nullptr) ConsoleWrite({warning, std::strlen(warning)});
}

// What a USART that does not run would have to send is dropped: nobody could be told.
void port::ConsoleWrite(Span<const char> text) {
  for (const char c : text) {
    if (!WaitForRoom()) return;
    Register(kData) = static_cast<uint8_t>(c);
  }
}

// Reading the data clears RXNE, and the overrun error of bytes that came too fast.
int port::ConsoleRead() {
  if ((Register(kStatus) & kReceived) == 0) return -1;
  return static_cast<uint8_t>(Register(kData));
}

}  // namespace earshot
