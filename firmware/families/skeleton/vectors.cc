// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Skeleton of the vector table's second part, the chip's own interrupts: none is expected.

#include "firmware/families/cortex_m/fault.h"

namespace {

constexpr int kInterrupts = 32;  // As many as the chip's manual lists.

struct DeviceVectors {
  void (*handlers[kInterrupts])();
};

// The microphone's handler goes to its number in the manual's table.
constexpr DeviceVectors Vectors() {
  DeviceVectors vectors = {};
  for (auto& handler : vectors.handlers) handler = FaultHandler;
  return vectors;
}

[[gnu::section(".vectors.device"), gnu::used]] const DeviceVectors kDeviceVectors = Vectors();

}  // namespace
