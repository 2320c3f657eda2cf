// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the nRF52840 (Product Specification 1.7, 4.2 "Memory", table of instances: a
// peripheral's number is its identifier). Only the microphone interrupts.

#include "firmware/families/cortex_m/fault.h"
#include "firmware/families/nrf52/pdm_microphone.h"

namespace {

constexpr int kInterrupts = 48;
constexpr int kPdm = 29;

struct DeviceVectors {
  void (*handlers[kInterrupts])();
};

constexpr DeviceVectors Vectors() {
  DeviceVectors vectors = {};
  for (auto& handler : vectors.handlers) handler = FaultHandler;
  vectors.handlers[kPdm] = PdmHandler;
  return vectors;
}

[[gnu::section(".vectors.device"), gnu::used]] const DeviceVectors kDeviceVectors = Vectors();

}  // namespace
