// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Console on the UART of Nordic's nRF51 and nRF52: the one without DMA. The nRF52's UARTE cannot
// read flash, where most of the text lies, so each line would have to be copied first.
//
// Source: nRF51 Series Reference Manual 3.0, chapter "UART"; nRF52840 Product Specification
// 1.7, 6.33 "UART": the same registers.

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/nrf/gpio.h"
#include "firmware/families/nrf/settings.h"
#include "firmware/port/console.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kUart = 0x40002000;
constexpr uintptr_t kStartReceiver = kUart + 0x000;
constexpr uintptr_t kStartTransmitter = kUart + 0x008;
constexpr uintptr_t kReceived = kUart + 0x108;  // RXDRDY: a byte waits in RXD.
constexpr uintptr_t kSent = kUart + 0x11C;      // TXDRDY: the byte of TXD has left.
constexpr uintptr_t kEnable = kUart + 0x500;
constexpr uint32_t kEnabled = 4;
constexpr uintptr_t kRequestToSendPin = kUart + 0x508;
constexpr uintptr_t kTransmitPin = kUart + 0x50C;
constexpr uintptr_t kClearToSendPin = kUart + 0x510;
constexpr uintptr_t kReceivePin = kUart + 0x514;
constexpr uint32_t kNoPin = 0xFFFFFFFF;
constexpr uintptr_t kReceive = kUart + 0x518;
constexpr uintptr_t kTransmit = kUart + 0x51C;
constexpr uintptr_t kBaudRate = kUart + 0x524;
constexpr uintptr_t kConfigure = kUart + 0x56C;  // 0: no flow control, no parity, one stop bit.

// A byte takes ten bit times. A UART that is so much later (200 ms and more at 64 MHz) has stopped:
// the byte is given up, so that the application goes on without its console.
constexpr uint32_t kSentReads = 2'000'000;

}  // namespace

void port::StartConsole() {
  nrf::MakeOutput(board::kConsoleTransmitPin, true);  // The line idles high.
  nrf::MakePulledUpInput(board::kConsoleReceivePin);  // So does one that nobody drives.
  Register(kTransmitPin) = board::kConsoleTransmitPin;
  Register(kReceivePin) = board::kConsoleReceivePin;
  Register(kRequestToSendPin) = kNoPin;
  Register(kClearToSendPin) = kNoPin;
  Register(kConfigure) = 0;
  Register(kBaudRate) = nrf::UartBaudRate(board::kConsoleBaud);
  Register(kEnable) = kEnabled;
  Register(kReceived) = 0;
  Register(kStartTransmitter) = 1;
  Register(kStartReceiver) = 1;
}

void port::ConsoleWrite(Span<const char> text) {
  for (const char c : text) {
    Register(kSent) = 0;
    Register(kTransmit) = static_cast<uint8_t>(c);
    for (uint32_t reads = 0; Register(kSent) == 0 && reads < kSentReads; ++reads) {
    }
  }
}

// The event goes before the byte: reading RXD lets the next one of the FIFO in, and raises the
// event anew.
int port::ConsoleRead() {
  if (Register(kReceived) == 0) return -1;
  Register(kReceived) = 0;
  return static_cast<uint8_t>(Register(kReceive));
}

}  // namespace earshot
