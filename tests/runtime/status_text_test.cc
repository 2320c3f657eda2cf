// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/status_text.h"

#include <gtest/gtest.h>

#include <string>

#include "runtime/model.h"

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
