// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The part of GoogleTest's macros that the tests in tests/on_device use, for machines without heap,
// stdio, exceptions and constructors. On hosts the same sources are compiled with GoogleTest
// itself, which defines what everything here means.
//
// A failure is written out at once: place, condition, both values, and what was streamed into it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace testing {

class Test {
 public:
  // Whether anything has failed in the test that is running.
  static bool HasFailure();
  // Writes a number down with the test's name, for people.
  static void RecordProperty(const char* key, int value);
};

namespace internal {

struct TestCase {
  const char* suite;
  const char* name;
  const char* file;
  int line;
  void (*body)();
};

// Something to be written: a number, a truth value, a text, or the mere fact that it is there.
struct Value {
  enum class Kind : uint8_t { kSigned, kUnsigned, kBits, kBool, kText, kOther } kind;
  uint64_t bits;  // kText: the address.
};

template <typename T>
Value MakeValue(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return {Value::Kind::kBool, value};
  } else if constexpr (std::is_enum_v<T>) {
    return MakeValue(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    return {Value::Kind::kSigned, static_cast<uint64_t>(static_cast<int64_t>(value))};
  } else if constexpr (std::is_integral_v<T>) {
    return {Value::Kind::kUnsigned, value};
  } else if constexpr (std::is_convertible_v<T, const char*>) {
    return {Value::Kind::kText, reinterpret_cast<uintptr_t>(static_cast<const char*>(value))};
  } else if constexpr (std::is_pointer_v<T>) {
    return {Value::Kind::kBits, reinterpret_cast<uintptr_t>(value)};
  } else {
    return {Value::Kind::kOther, 0};
  }
}

// What a condition came to, with the values to show where it does not hold.
struct Outcome {
  bool holds;
  Value found;
  Value wanted;
};

#define EARSHOT_SHIM_DEFINE_COMPARISON(name, op)                    \
  template <typename A, typename B>                                 \
  Outcome name(const A& a, const B& b) {                            \
    return {static_cast<bool>(a op b), MakeValue(a), MakeValue(b)}; \
  }
EARSHOT_SHIM_DEFINE_COMPARISON(IsEqual, ==)
EARSHOT_SHIM_DEFINE_COMPARISON(IsNotEqual, !=)
EARSHOT_SHIM_DEFINE_COMPARISON(IsLess, <)
EARSHOT_SHIM_DEFINE_COMPARISON(IsLessOrEqual, <=)
EARSHOT_SHIM_DEFINE_COMPARISON(IsGreater, >)
EARSHOT_SHIM_DEFINE_COMPARISON(IsGreaterOrEqual, >=)
#undef EARSHOT_SHIM_DEFINE_COMPARISON

inline Outcome IsTruth(bool value, bool wanted) {
  return {value == wanted, MakeValue(value), MakeValue(wanted)};
}

// One line of output about the running test, from its construction to its end.
class Note {
 public:
  static Note Failure(const char* file, int line, const char* condition, const Outcome& outcome);
  static Note Failure(const char* file, int line);
  static Note Skip(const char* file, int line);
  ~Note();
  Note(const Note&) = delete;
  Note& operator=(const Note&) = delete;

  template <typename T>
  Note& operator<<(const T& value) {
    Append(MakeValue(value));
    return *this;
  }

 private:
  Note() = default;
  void Append(const Value& value);

  bool begun_ = false;  // Whether anything was streamed into it.
};

// Turns a Note into void, so that `return` may stand before it.
struct Ignore {
  void operator=(const Note& /*note*/) const {}
};

// Runs the tests of `suite` (null: all of them), at least one of which must exist, in the order of
// files and lines. Returns how many failed.
int RunTests(const char* suite);

// Where text goes to; the main program that is linked has it.
void WriteText(const char* text, size_t size);

}  // namespace internal
}  // namespace testing

// A constant pointer in a section of its own, which the linker gives a beginning and an end: this
// lists all tests of an image without running a constructor. Pointers, since the compiler may align
// larger things as it likes, which would leave gaps.
#define TEST(suite, name)                                                                  \
  static void suite##_##name##_Body();                                                     \
  static constexpr ::testing::internal::TestCase suite##_##name##_Case = {                 \
      #suite, #name, __FILE__, __LINE__, suite##_##name##_Body};                           \
  [[gnu::section("earshot_tests"),                                                         \
    gnu::used]] static const ::testing::internal::TestCase* const suite##_##name##_Entry = \
      &suite##_##name##_Case;                                                              \
  static void suite##_##name##_Body()

// The switch keeps an `else` that follows from belonging to this `if`.
#define EARSHOT_SHIM_CHECK(condition, outcome, on_failure)                                 \
  switch (0)                                                                               \
  case 0:                                                                                  \
  default:                                                                                 \
    if (const ::testing::internal::Outcome earshot_outcome = ::testing::internal::outcome; \
        earshot_outcome.holds)                                                             \
      ;                                                                                    \
    else                                                                                   \
      on_failure ::testing::internal::Note::Failure(__FILE__, __LINE__, condition, earshot_outcome)
#define EARSHOT_SHIM_GO_ON ::testing::internal::Ignore() =
#define EARSHOT_SHIM_STOP return ::testing::internal::Ignore() =

#define EXPECT_EQ(a, b) EARSHOT_SHIM_CHECK(#a " == " #b, IsEqual(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_NE(a, b) EARSHOT_SHIM_CHECK(#a " != " #b, IsNotEqual(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_LT(a, b) EARSHOT_SHIM_CHECK(#a " < " #b, IsLess(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_LE(a, b) EARSHOT_SHIM_CHECK(#a " <= " #b, IsLessOrEqual(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_GT(a, b) EARSHOT_SHIM_CHECK(#a " > " #b, IsGreater(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_GE(a, b) EARSHOT_SHIM_CHECK(#a " >= " #b, IsGreaterOrEqual(a, b), EARSHOT_SHIM_GO_ON)
#define EXPECT_TRUE(a) \
  EARSHOT_SHIM_CHECK(#a, IsTruth(static_cast<bool>(a), true), EARSHOT_SHIM_GO_ON)
#define EXPECT_FALSE(a) \
  EARSHOT_SHIM_CHECK("not: " #a, IsTruth(static_cast<bool>(a), false), EARSHOT_SHIM_GO_ON)

#define ASSERT_EQ(a, b) EARSHOT_SHIM_CHECK(#a " == " #b, IsEqual(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_NE(a, b) EARSHOT_SHIM_CHECK(#a " != " #b, IsNotEqual(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_LT(a, b) EARSHOT_SHIM_CHECK(#a " < " #b, IsLess(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_LE(a, b) EARSHOT_SHIM_CHECK(#a " <= " #b, IsLessOrEqual(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_GT(a, b) EARSHOT_SHIM_CHECK(#a " > " #b, IsGreater(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_GE(a, b) EARSHOT_SHIM_CHECK(#a " >= " #b, IsGreaterOrEqual(a, b), EARSHOT_SHIM_STOP)
#define ASSERT_TRUE(a) \
  EARSHOT_SHIM_CHECK(#a, IsTruth(static_cast<bool>(a), true), EARSHOT_SHIM_STOP)
#define ASSERT_FALSE(a) \
  EARSHOT_SHIM_CHECK("not: " #a, IsTruth(static_cast<bool>(a), false), EARSHOT_SHIM_STOP)

#define ADD_FAILURE() \
  ::testing::internal::Ignore() = ::testing::internal::Note::Failure(__FILE__, __LINE__)
#define FAIL() return ADD_FAILURE()
#define GTEST_SKIP() \
  return ::testing::internal::Ignore() = ::testing::internal::Note::Skip(__FILE__, __LINE__)
