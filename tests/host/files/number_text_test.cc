// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/number_text.h"

#include <gtest/gtest.h>

#include <string>

namespace earshot::host {
namespace {

constexpr double kUntouched = 12345;

double Number(const std::string& text) {
  double number = kUntouched;
  if (!ReadNumber(text, &number)) {
    EXPECT_EQ(number, kUntouched) << text;
  }
  return number;
}

TEST(NumberTextTest, FiniteDecimalNumbers) {
  EXPECT_EQ(Number("0"), 0);
  EXPECT_EQ(Number("2."), 2);
  EXPECT_EQ(Number(".5"), 0.5);
  EXPECT_EQ(Number("+3.25"), 3.25);
  EXPECT_EQ(Number("-1.5e-3"), -0.0015);
}

TEST(NumberTextTest, NothingElse) {
  for (const std::string text :
       {"",         " ",     "nan",    "NaN",  "-nan", "nan(1)", "inf", "-inf",
        "Infinity", "1e999", "-1e999", "0x10", "1x",   " 1",     "1 ",  "1,5",
        "1e",       "+-1",   "++1",    "--1",  "+",    "-",      ".",   "one"}) {
    EXPECT_EQ(Number(text), kUntouched) << text;
  }
  EXPECT_EQ(Number(std::string("1\0", 2)), kUntouched);
}

template <typename Whole>
std::string WholeNumber(const std::string& text) {
  Whole number = 99;
  const bool found = ReadNumber(text, &number);
  if (!found) {
    EXPECT_EQ(number, Whole{99}) << text;
  }
  return found ? std::to_string(number) : "none";
}

TEST(NumberTextTest, WholeNumbersDoNotWrapAround) {
  EXPECT_EQ(WholeNumber<int32_t>("2147483647"), "2147483647");
  EXPECT_EQ(WholeNumber<int32_t>("2147483648"), "none");
  EXPECT_EQ(WholeNumber<int32_t>("-2147483648"), "-2147483648");
  EXPECT_EQ(WholeNumber<uint32_t>("4294967295"), "4294967295");
  EXPECT_EQ(WholeNumber<uint32_t>("4294967296"), "none");
  EXPECT_EQ(WholeNumber<uint32_t>("-1"), "none");
  EXPECT_EQ(WholeNumber<uint64_t>("18446744073709551615"), "18446744073709551615");
  EXPECT_EQ(WholeNumber<uint64_t>("18446744073709551616"), "none");
  EXPECT_EQ(WholeNumber<uint64_t>("-1"), "none");
  EXPECT_EQ(WholeNumber<int64_t>("-9223372036854775808"), "-9223372036854775808");
}

TEST(NumberTextTest, WholeNumbersMayBeHexadecimalButNotOctal) {
  EXPECT_EQ(WholeNumber<uint32_t>("0x0800B000"), "134262784");
  EXPECT_EQ(WholeNumber<uint32_t>("0Xff"), "255");
  EXPECT_EQ(WholeNumber<uint32_t>("010"), "10");
  for (const std::string text : {"", "0x", "0x-1", "0xg", "1.0", "1e3", "1k", " 1", "1 ", "nan"}) {
    EXPECT_EQ(WholeNumber<int32_t>(text), "none") << text;
  }
}

}  // namespace
}  // namespace earshot::host
