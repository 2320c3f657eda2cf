// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_log.h"

#include "tensorflow/lite/micro/debug_log.h"

void VMicroPrintf(const char* format, va_list arguments) {
  va_list none;
  va_copy(none, arguments);
  DebugLog(format, arguments);
  DebugLog("\r\n", none);
  va_end(none);
}

void MicroPrintf(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  VMicroPrintf(format, arguments);
  va_end(arguments);
}

int MicroSnprintf(char* text, size_t size, const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = DebugVsnprintf(text, size, format, arguments);
  va_end(arguments);
  return length;
}
