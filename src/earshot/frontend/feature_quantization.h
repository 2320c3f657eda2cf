// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From features to what int8 models take.
#pragma once

#include <cstdint>

namespace earshot {

// The field's mapping: real value v/25.6 (0..26 or so), quantized with scale 26/256 and zero point
// -128. 666 stands for 25.6 * 26, rounded.
// Source: TensorFlow's micro_speech example; microWakeWord uses the same.
constexpr int8_t QuantizeFeature(uint16_t feature) {
  constexpr int32_t kRange = 666;
  const int32_t quantized = (static_cast<int32_t>(feature) * 256 + kRange / 2) / kRange - 128;
  return static_cast<int8_t>(quantized > 127 ? 127 : quantized);
}

}  // namespace earshot
