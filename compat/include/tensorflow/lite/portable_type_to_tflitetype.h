// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// typeToTfLiteType<T>(): the TfLiteType whose elements are T; kTfLiteNoType for any other.
#pragma once

#include <cstdint>

#include "tensorflow/lite/core/c/c_api_types.h"

namespace tflite {

template <typename T>
constexpr TfLiteType typeToTfLiteType() {
  return kTfLiteNoType;
}

#define EARSHOT_TFLM_TYPE(type, name)             \
  template <>                                     \
  constexpr TfLiteType typeToTfLiteType<type>() { \
    return name;                                  \
  }
EARSHOT_TFLM_TYPE(float, kTfLiteFloat32)
EARSHOT_TFLM_TYPE(double, kTfLiteFloat64)
EARSHOT_TFLM_TYPE(bool, kTfLiteBool)
EARSHOT_TFLM_TYPE(int8_t, kTfLiteInt8)
EARSHOT_TFLM_TYPE(uint8_t, kTfLiteUInt8)
EARSHOT_TFLM_TYPE(int16_t, kTfLiteInt16)
EARSHOT_TFLM_TYPE(uint16_t, kTfLiteUInt16)
EARSHOT_TFLM_TYPE(int32_t, kTfLiteInt32)
EARSHOT_TFLM_TYPE(uint32_t, kTfLiteUInt32)
EARSHOT_TFLM_TYPE(int64_t, kTfLiteInt64)
EARSHOT_TFLM_TYPE(uint64_t, kTfLiteUInt64)
#undef EARSHOT_TFLM_TYPE

}  // namespace tflite
