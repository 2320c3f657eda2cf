// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From reset to main(): the vector table of the processor, memory, and what happens on a fault.
//
// The linker script (sections.ld) puts the processor's sixteen vectors first and those of the
// family's devices (kDeviceVectors, each in its own vectors file) behind them.

#include <cstdint>
#include <cstring>

#include "firmware/families/cortex_m/core_setup.h"
#include "firmware/families/cortex_m/fault.h"
#include "firmware/families/cortex_m/stack.h"
#include "firmware/port/system.h"

int main();

// Symbols of the linker script: only their addresses mean something.
extern "C" {
extern uint32_t linker_data_begin[];
extern uint32_t linker_data_end[];
extern const uint32_t linker_data_load[];
extern uint32_t linker_bss_begin[];
extern uint32_t linker_bss_end[];
extern uint32_t linker_stack_end[];

[[noreturn]] void ResetHandler();
void SysTickHandler();
}

namespace earshot::cortex_m {
namespace {

using Handler = void (*)();

struct ProcessorVectors {
  uint32_t* initial_stack;
  Handler handlers[15];
};

// The order is fixed: reset, NMI, hard fault, memory management, bus and usage faults, four
// reserved (ARMv8-M: secure fault), SVC, debug monitor, reserved, PendSV, SysTick.
[[gnu::section(".vectors.processor"), gnu::used]] const ProcessorVectors kProcessorVectors = {
    linker_stack_end,
    {ResetHandler, FaultHandler, FaultHandler, FaultHandler, FaultHandler, FaultHandler,
     FaultHandler, nullptr, nullptr, nullptr, FaultHandler, FaultHandler, nullptr, FaultHandler,
     SysTickHandler}};

size_t BytesBetween(const uint32_t* begin, const uint32_t* end) {
  return static_cast<size_t>(end - begin) * sizeof(uint32_t);
}

}  // namespace
}  // namespace earshot::cortex_m

extern "C" void ResetHandler() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code in this file.
  cortex_m::SetUpCore();
  cortex_m::PaintStack();
  std::memcpy(linker_data_begin, linker_data_load,
              cortex_m::BytesBetween(linker_data_begin, linker_data_end));
  std::memset(linker_bss_begin, 0, cortex_m::BytesBetween(linker_bss_begin, linker_bss_end));
  port::StartBoard();
  port::Exit(static_cast<port::ExitCode>(main()));
}
