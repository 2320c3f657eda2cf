// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/core/c/common.h"

#include <cstring>
#include <iterator>

int TfLiteIntArrayEqual(const TfLiteIntArray* a, const TfLiteIntArray* b) {
  if (a == b) return 1;
  if (a == nullptr || b == nullptr || a->size != b->size) return 0;
  const auto bytes = static_cast<size_t>(a->size) * sizeof(a->data[0]);
  return std::memcmp(a->data, b->data, bytes) == 0 ? 1 : 0;
}

const char* TfLiteTypeGetName(TfLiteType type) {
  // By number.
  static constexpr const char* kNames[] = {
      "NOTYPE",   "FLOAT32",   "INT32",  "UINT8",   "INT64",   "STRING",     "BOOL",
      "INT16",    "COMPLEX64", "INT8",   "FLOAT16", "FLOAT64", "COMPLEX128", "UINT64",
      "RESOURCE", "VARIANT",   "UINT32", "UINT16",  "INT4"};
  static_assert(std::size(kNames) == kTfLiteInt4 + 1);
  const auto number = static_cast<size_t>(type);
  return number < std::size(kNames) ? kNames[number] : "Unknown type";
}
