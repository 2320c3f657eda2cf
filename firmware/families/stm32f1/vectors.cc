// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the STM32F103.

#include "firmware/families/stm32/device_vectors.h"
#include "firmware/families/stm32f1/interrupts.h"

namespace earshot::stm32f1 {
namespace {

using Vectors = stm32::DeviceVectors<kInterrupts>;

constexpr Vectors MakeVectors() {
  Vectors vectors = stm32::AllUnexpected<kInterrupts>();
  vectors.handlers[kDma1Channel1Interrupt] = Dma1Channel1Handler;
  return vectors;
}

[[gnu::section(".vectors.device"), gnu::used]] const Vectors kDeviceVectors = MakeVectors();

}  // namespace
}  // namespace earshot::stm32f1
