// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs tests on an emulated board. The last two words of its command line say which and with what:
// a suite or "all", and the folder of the data. Exit status: 0 all passed, 1 not.

#include <gtest/gtest.h>

#include <cstring>

#include "firmware/families/cortex_m/semihosting.h"
#include "firmware/port/console.h"
#include "firmware/port/system.h"
#include "tests/on_device/test_file.h"

namespace {

constexpr size_t kCommandLineBytes = 256;

// Cuts the last word off a text and returns it; the text itself when that is only one word.
char* CutLastWord(char* text) {
  char* space = std::strrchr(text, ' ');
  if (space == nullptr) return text;
  *space = '\0';
  return space + 1;
}

char* LastWord(char* text) {
  char* space = std::strrchr(text, ' ');
  return space == nullptr ? text : space + 1;
}

void Say(const char* text) { testing::internal::WriteText(text, std::strlen(text)); }

void SayNumber(uint32_t number) {
  char digits[10];
  size_t begin = sizeof(digits);
  do {
    digits[--begin] = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  testing::internal::WriteText(digits + begin, sizeof(digits) - begin);
}

// The stack is all used where it may have run over, which would spoil every other result.
bool StackHeld() {
  const uint32_t used = earshot::port::StackUsedBytes();
  const uint32_t bytes = earshot::port::StackBytes();
  Say("stack: ");
  SayNumber(used);
  Say(" of ");
  SayNumber(bytes);
  Say(" bytes\n");
  return used < bytes;
}

}  // namespace

void testing::internal::WriteText(const char* text, size_t size) {
  earshot::port::ConsoleWrite({text, size});
}

int main() {
  static char command_line[kCommandLineBytes];
  earshot::port::StartConsole();
  if (!earshot::semihosting::CommandLine(command_line)) {
    Say("[  FAILED  ] the command line is too long\n");
    return 1;
  }
  earshot::test::SetDataFolder(CutLastWord(command_line));
  const char* suite = LastWord(command_line);
  const int failed = testing::internal::RunTests(std::strcmp(suite, "all") == 0 ? nullptr : suite);
  return failed == 0 && StackHeld() ? 0 : 1;
}
