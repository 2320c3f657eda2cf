// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/compat/log.h"

#include <cstdio>
#include <utility>

#include "tensorflow/lite/micro/debug_log.h"

namespace {

std::string log_text;

}  // namespace

void DebugLog(const char* format, va_list arguments) {
  char text[512];
  std::vsnprintf(text, sizeof(text), format, arguments);
  log_text += text;
}

namespace earshot::test {

std::string TakeLog() { return std::exchange(log_text, ""); }

}  // namespace earshot::test
