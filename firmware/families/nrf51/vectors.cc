// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// No device interrupts here: audio comes with the processor's own SysTick.

#include "firmware/families/cortex_m/fault.h"

namespace {

constexpr int kInterrupts = 32;

struct DeviceVectors {
  void (*handlers[kInterrupts])();
};

constexpr DeviceVectors AllUnexpected() {
  DeviceVectors vectors = {};
  for (auto& handler : vectors.handlers) handler = FaultHandler;
  return vectors;
}

[[gnu::section(".vectors.device"), gnu::used]] const DeviceVectors kDeviceVectors = AllUnexpected();

}  // namespace
