// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/status_text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "earshot/runtime/model.h"
#include "earshot/runtime/positive_real.h"

namespace earshot {
namespace {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

TEST(StatusTextTest, Ok) { EXPECT_EQ(Text(OkStatus()), "ok"); }

TEST(StatusTextTest, SaysWhatWhereFoundAndWanted) {
  const Status status{
      StatusCode::kInvalidModel, StatusSubject::kTensor, StatusUnit::kBytes, 5, "contents", 12, 16};
  EXPECT_EQ(Text(status), "invalid model: tensor 5: contents: found 12, wanted 16 bytes");
}

TEST(StatusTextTest, LeavesOutWhatThereIsNot) {
  const Status status{StatusCode::kInvalidModel,
                      StatusSubject::kModel,
                      StatusUnit::kNone,
                      -1,
                      "there is no subgraph",
                      0,
                      0};
  EXPECT_EQ(Text(status), "invalid model: model: there is no subgraph");
}

TEST(StatusTextTest, NamesWhatIsRarelyWrong) {
  Status status;
  status.code = StatusCode::kFailedPrecondition;
  status.what = "not created";
  EXPECT_EQ(Text(status), "called too early: not created");
  status.code = StatusCode::kInvalidModel;
  status.subject = StatusSubject::kBuffer;
  EXPECT_EQ(Text(status), "invalid model: buffer: not created");
  status.subject = StatusSubject::kOperatorCode;
  status.index = 3;
  EXPECT_EQ(Text(status), "invalid model: operator code 3: not created");
}

// Of a later version, or of nobody: a C program fills in a status by itself.
TEST(StatusTextTest, NumbersThatAreNoNames) {
  Status status;
  status.code = static_cast<StatusCode>(99);
  status.subject = static_cast<StatusSubject>(99);
  status.unit = static_cast<StatusUnit>(99);
  status.what = "something";
  EXPECT_EQ(Text(status), "unknown: something");
}

TEST(StatusTextTest, NamesTypesAndOperators) {
  Status status{StatusCode::kUnsupported,
                StatusSubject::kOperator,
                StatusUnit::kTensorType,
                2,
                "filter type",
                static_cast<int32_t>(TensorType::INT8),
                static_cast<int32_t>(TensorType::FLOAT32)};
  EXPECT_EQ(Text(status), "unsupported: operator 2: filter type: found INT8, wanted FLOAT32");
  status.unit = StatusUnit::kOperatorCode;
  status.what = "no kernel is registered for";
  status.found = static_cast<int32_t>(BuiltinOperator::SVDF);
  status.wanted = static_cast<int32_t>(TensorType::INT16);
  EXPECT_EQ(Text(status), "unsupported: operator 2: no kernel is registered for SVDF of INT16");
  status.found = 12345;  // An operator younger than this table.
  status.wanted = -1;
  EXPECT_EQ(Text(status), "unsupported: operator 2: no kernel is registered for 12345");
}

std::string ScaleText(float found) {
  const Status status{StatusCode::kInvalidModel,
                      StatusSubject::kNone,
                      StatusUnit::kScale,
                      -1,
                      "scale",
                      static_cast<int32_t>(FloatBits(found)),
                      static_cast<int32_t>(FloatBits(1.0f / 256))};
  const std::string text = Text(status);
  const std::string begin = "invalid model: scale: found ";
  const std::string end = ", wanted 0.00390625";
  EXPECT_EQ(text.substr(0, begin.size()), begin);
  EXPECT_EQ(text.substr(text.size() - end.size()), end);
  return text.substr(begin.size(), text.size() - begin.size() - end.size());
}

TEST(StatusTextTest, WritesScalesInAsFewDigitsAsTellThemApart) {
  EXPECT_EQ(ScaleText(0.003906f), "0.003906");
  EXPECT_EQ(ScaleText(std::nextafter(1.0f / 256, 0.0f)), "0.0039062498");
  EXPECT_EQ(ScaleText(std::nextafter(1.0f / 256, 1.0f)), "0.0039062505");
  EXPECT_EQ(ScaleText(1.0f), "1");
  EXPECT_EQ(ScaleText(0.5f), "0.5");
  EXPECT_EQ(ScaleText(12.25f), "12.25");
  EXPECT_EQ(ScaleText(3000000.0f), "3000000");
  EXPECT_EQ(ScaleText(1.5e-7f), "1.5e-7");
  EXPECT_EQ(ScaleText(1e30f), "1e30");
  EXPECT_EQ(ScaleText(0.1f), "0.1");
}

TEST(StatusTextTest, WritesWhatIsNoScale) {
  EXPECT_EQ(ScaleText(-0.5f), "-0.5");
  EXPECT_EQ(ScaleText(-0.0f), "-0");
  EXPECT_EQ(ScaleText(std::numeric_limits<float>::infinity()), "inf");
  EXPECT_EQ(ScaleText(-std::numeric_limits<float>::infinity()), "-inf");
  EXPECT_EQ(ScaleText(std::numeric_limits<float>::quiet_NaN()), "nan");
  const float least = std::numeric_limits<float>::denorm_min();
  EXPECT_EQ(std::strtof(ScaleText(least).c_str(), nullptr), least);
}

// Read back with the library, each text gives the number that it was made of.
TEST(StatusTextTest, WritesScalesThatReadBack) {
  std::mt19937 random(1);
  std::vector<float> numbers = {std::numeric_limits<float>::max(),
                                std::numeric_limits<float>::min(), 9.9999995f, 0.99999994f};
  while (numbers.size() < 20000) {
    const uint32_t bits = random() & 0x7FFFFFFF;
    float number = 0;
    std::memcpy(&number, &bits, sizeof(number));
    if (std::isnormal(number)) numbers.push_back(number);
  }
  for (const float number : numbers) {
    const std::string text = ScaleText(number);
    ASSERT_EQ(std::strtof(text.c_str(), nullptr), number) << text;
  }
}

TEST(StatusTextTest, WritesTheFullRangeOfNumbers) {
  Status status{StatusCode::kInvalidModel,
                StatusSubject::kNone,
                StatusUnit::kCount,
                -1,
                "extent",
                INT32_MIN,
                INT32_MAX};
  EXPECT_EQ(Text(status), "invalid model: extent: found -2147483648, wanted 2147483647");
  status.found = 0;
  status.wanted = -7;
  EXPECT_EQ(Text(status), "invalid model: extent: found 0, wanted -7");
}

TEST(StatusTextTest, CutsToFit) {
  const Status status{StatusCode::kInvalidModel,
                      StatusSubject::kModel,
                      StatusUnit::kNone,
                      -1,
                      "there is no subgraph",
                      0,
                      0};
  char text[10] = "xxxxxxxxx";
  EXPECT_STREQ(StatusText(status, text), "invalid m");
  char one[1] = {'x'};
  EXPECT_STREQ(StatusText(status, one), "");
}

}  // namespace
}  // namespace earshot
