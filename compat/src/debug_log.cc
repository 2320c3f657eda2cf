// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A board has a DebugLog() of its own, or no messages: this file prints on hosts only (the build
// sets EARSHOT_TFLM_HOSTED), so that no image gets stdio from here.

#include "tensorflow/lite/micro/debug_log.h"

#if EARSHOT_TFLM_HOSTED
#include <cstdio>

[[gnu::weak]] void DebugLog(const char* format, va_list arguments) {
  std::vfprintf(stderr, format, arguments);
}
[[gnu::weak]] int DebugVsnprintf(char* text, size_t size, const char* format, va_list arguments) {
  return std::vsnprintf(text, size, format, arguments);
}
#else
[[gnu::weak]] void DebugLog(const char* /*format*/, va_list /*arguments*/) {}
[[gnu::weak]] int DebugVsnprintf(char* text, size_t size, const char* /*format*/,
                                 va_list /*arguments*/) {
  if (size != 0) text[0] = '\0';
  return 0;
}
#endif
