// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The table of a chip's interrupts, which the linker puts behind the processor's vectors.
#pragma once

#include <cstddef>

#include "firmware/families/cortex_m/fault.h"

namespace earshot::stm32 {

template <size_t kInterrupts>
struct DeviceVectors {
  void (*handlers[kInterrupts])();
};

// Every interrupt ends in FaultHandler, until a handler is named for it.
template <size_t kInterrupts>
constexpr DeviceVectors<kInterrupts> AllUnexpected() {
  DeviceVectors<kInterrupts> vectors = {};
  for (auto& handler : vectors.handlers) handler = FaultHandler;
  return vectors;
}

}  // namespace earshot::stm32
