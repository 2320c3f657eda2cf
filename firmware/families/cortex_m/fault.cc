// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/fault.h"

#include <cstdint>

#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/console.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

// What the processor pushes when it takes an exception: ARMv7-M reference manual, B1.5.6.
struct ExceptionFrame {
  uint32_t r0, r1, r2, r3, r12, lr, pc, psr;
};

void WriteText(const char* text) {
  uint32_t length = 0;
  while (text[length] != '\0') ++length;
  port::ConsoleWrite({text, length});
}

void WriteHex(uint32_t value) {
  constexpr int kDigits = 8;
  char digits[kDigits];
  for (int i = kDigits - 1; i >= 0; --i, value >>= 4) digits[i] = "0123456789abcdef"[value & 15];
  port::ConsoleWrite(digits);
}

}  // namespace
}  // namespace earshot

// Prints the exception (3: hard fault, 16 and up: a device's interrupt), where it happened, and the
// fault status register (0 on ARMv6-M, which has none).
extern "C" [[noreturn, gnu::used]] void ReportFault(const earshot::ExceptionFrame* frame) {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code in this file.
  uint32_t exception = 0;
  asm volatile("mrs %0, ipsr" : "=r"(exception));
  WriteText("{\"event\":\"fault\",\"exception\":\"0x");
  WriteHex(exception);
  WriteText("\",\"pc\":\"0x");
  WriteHex(frame->pc);
  WriteText("\",\"lr\":\"0x");
  WriteHex(frame->lr);
  WriteText("\",\"status\":\"0x");
  WriteHex(cortex_m::Register(cortex_m::kConfigurableFaultStatus));
  WriteText("\"}\n");
  port::Exit(port::ExitCode::kFault);
}

// Only the main stack is used, so the frame is where it points. The report starts with an empty
// stack: the old one may have run over, and then its first push would fault again, for good.
extern "C" [[gnu::naked]] void FaultHandler() {
  asm volatile(
      "mrs r0, msp\n"
      "ldr r1, 1f\n"
      "mov sp, r1\n"
      "bl ReportFault\n"
      ".balign 4\n"
      "1: .word linker_stack_end\n");
}
