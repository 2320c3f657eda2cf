// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/tensor_info.h"

namespace earshot {

int32_t TensorInfo::count() const {
  // Unsigned, because the verifier calls this on shapes that it has not looked at yet.
  uint32_t product = 1;
  for (const int32_t extent : shape) product *= static_cast<uint32_t>(extent);
  return static_cast<int32_t>(product);
}

size_t ElementBytes(TensorType type) {
  switch (type) {
    case TensorType::BOOL:
    case TensorType::INT8:
    case TensorType::UINT8:
      return 1;
    case TensorType::FLOAT16:
    case TensorType::INT16:
    case TensorType::UINT16:
      return 2;
    case TensorType::FLOAT32:
    case TensorType::INT32:
    case TensorType::UINT32:
      return 4;
    case TensorType::COMPLEX64:
    case TensorType::FLOAT64:
    case TensorType::INT64:
    case TensorType::UINT64:
      return 8;
    case TensorType::COMPLEX128:
      return 16;
    default:
      return 0;
  }
}

}  // namespace earshot
