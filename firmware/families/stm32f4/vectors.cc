// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The interrupts of the STM32F405 and F407.

#include "firmware/families/stm32/device_vectors.h"
#include "firmware/families/stm32f4/interrupts.h"

namespace earshot::stm32f4 {
namespace {

using Vectors = stm32::DeviceVectors<kInterrupts>;

constexpr Vectors MakeVectors() {
  Vectors vectors = stm32::AllUnexpected<kInterrupts>();
  vectors.handlers[kDma1Stream3Interrupt] = Dma1Stream3Handler;
  return vectors;
}

[[gnu::section(".vectors.device"), gnu::used]] const Vectors kDeviceVectors = MakeVectors();

}  // namespace
}  // namespace earshot::stm32f4
