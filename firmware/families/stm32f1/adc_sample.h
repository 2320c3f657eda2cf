// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a 12-bit converter's reading is as a sample.
#pragma once

#include <cstdint>

namespace earshot::stm32f1 {

// 0 to 4095, with silence in the middle or near it: 16 times the distance from there.
constexpr int32_t AdcSample(uint16_t reading) {
  return (static_cast<int32_t>(reading) - 2048) * 16;
}

}  // namespace earshot::stm32f1
