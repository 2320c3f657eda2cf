// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <cstring>

// The linker's own symbols for the section of that name.
extern "C" {
extern const testing::internal::TestCase* const __start_earshot_tests[];  // NOLINT
extern const testing::internal::TestCase* const __stop_earshot_tests[];   // NOLINT
}

namespace testing {
namespace internal {
namespace {

// Of the running test.
bool g_failed = false;
bool g_skipped = false;

void Write(const char* text) { WriteText(text, std::strlen(text)); }

void WriteNumber(uint64_t number, uint32_t base) {
  constexpr size_t kMostDigits = 20;
  char digits[kMostDigits];
  size_t begin = kMostDigits;
  do {
    digits[--begin] = "0123456789abcdef"[number % base];
    number /= base;
  } while (number != 0);
  WriteText(digits + begin, kMostDigits - begin);
}

void WriteValue(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kSigned:
      if (static_cast<int64_t>(value.bits) < 0) {
        Write("-");
        WriteNumber(0 - value.bits, 10);
        return;
      }
      [[fallthrough]];
    case Value::Kind::kUnsigned:
      WriteNumber(value.bits, 10);
      return;
    case Value::Kind::kBits:
      Write("0x");
      WriteNumber(value.bits, 16);
      return;
    case Value::Kind::kBool:
      Write(value.bits != 0 ? "true" : "false");
      return;
    case Value::Kind::kText: {
      const auto* text = reinterpret_cast<const char*>(static_cast<uintptr_t>(value.bits));
      Write(text == nullptr ? "(null)" : text);
      return;
    }
    case Value::Kind::kOther:
      Write("(a value)");
      return;
  }
}

void WritePlace(const char* file, int line) {
  Write(file);
  Write(":");
  WriteNumber(static_cast<uint64_t>(line), 10);
  Write(": ");
}

void WriteResult(const char* result, const TestCase& test) {
  Write(result);
  Write(test.suite);
  Write(".");
  Write(test.name);
  Write("\n");
}

bool IsBefore(const TestCase& a, const TestCase& b) {
  const int files = std::strcmp(a.file, b.file);
  return files != 0 ? files < 0 : a.line < b.line;
}

// The test that follows `last` (null: the first), or null. The compiler may list tests in any
// order, and there is no memory to sort them.
const TestCase* Next(const TestCase* last) {
  const TestCase* next = nullptr;
  for (auto entry = __start_earshot_tests; entry != __stop_earshot_tests; ++entry) {
    const TestCase* test = *entry;
    if (last != nullptr && !IsBefore(*last, *test)) continue;
    if (next == nullptr || IsBefore(*test, *next)) next = test;
  }
  return next;
}

// Says in g_failed and g_skipped how it ended. Never inlined: it is known by name for calling tests
// through pointers (firmware/tools/indirect_calls.txt).
[[gnu::noinline]] void Run(const TestCase& test) {
  WriteResult("[ RUN      ] ", test);
  g_failed = false;
  g_skipped = false;
  test.body();
  WriteResult(g_failed ? "[  FAILED  ] " : g_skipped ? "[  SKIPPED ] " : "[       OK ] ", test);
}

void WriteCount(int count, const char* text) {
  WriteNumber(static_cast<uint64_t>(count), 10);
  Write(text);
}

}  // namespace

Note Note::Failure(const char* file, int line, const char* condition, const Outcome& outcome) {
  g_failed = true;
  WritePlace(file, line);
  Write("failed: ");
  Write(condition);
  Write("; found ");
  WriteValue(outcome.found);
  Write(", wanted ");
  WriteValue(outcome.wanted);
  return Note();
}

Note Note::Failure(const char* file, int line) {
  g_failed = true;
  WritePlace(file, line);
  Write("failed");
  return Note();
}

Note Note::Skip(const char* file, int line) {
  g_skipped = true;
  WritePlace(file, line);
  Write("skipped");
  return Note();
}

Note::~Note() { Write("\n"); }

void Note::Append(const Value& value) {
  if (!begun_) Write(": ");
  begun_ = true;
  WriteValue(value);
}

int RunTests(const char* suite) {
  int run = 0;
  int failed = 0;
  int skipped = 0;
  for (const TestCase* test = Next(nullptr); test != nullptr; test = Next(test)) {
    if (suite != nullptr && std::strcmp(suite, test->suite) != 0) continue;
    ++run;
    Run(*test);
    if (g_failed) {
      ++failed;
    } else if (g_skipped) {
      ++skipped;
    }
  }
  if (run == 0) {
    Write("[  FAILED  ] no such suite: ");
    Write(suite == nullptr ? "there are no tests" : suite);
    Write("\n");
    return 1;
  }
  Write(failed == 0 ? "[  PASSED  ] " : "[  FAILED  ] ");
  WriteCount(run - failed - skipped, " passed, ");
  WriteCount(failed, " failed, ");
  WriteCount(skipped, " skipped\n");
  return failed;
}

}  // namespace internal

bool Test::HasFailure() { return internal::g_failed; }

void Test::RecordProperty(const char* key, int value) {
  internal::Write(key);
  internal::Write(": ");
  internal::WriteValue(internal::MakeValue(value));
  internal::Write("\n");
}

}  // namespace testing
