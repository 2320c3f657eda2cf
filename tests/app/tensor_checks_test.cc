// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model's input and output must look like: earshot/app/model_input.h and
// earshot/app/score.h.

#include <gmock/gmock.h>

#include <vector>

#include "earshot/app/model_input.h"
#include "earshot/app/score.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

// A tensor's description together with what it points to.
struct Description {
  TensorType type = TensorType::INT8;
  std::vector<int32_t> shape;
  std::vector<float> scales;
  std::vector<int64_t> zero_points;
  std::vector<schema::Int64> in_file = {};

  TensorInfo info() {
    in_file = test::Int64s(zero_points);
    TensorInfo tensor;
    tensor.type = type;
    tensor.shape = shape;
    tensor.scales = scales;
    tensor.zero_points = in_file;
    return tensor;
  }
};

Description Features(const std::vector<int32_t>& shape) {
  return {TensorType::INT8, shape, {26.0f / 255}, {-128}};
}

Description Scores() { return {TensorType::INT8, {1, 4}, {1.0f / 256}, {-128}}; }

struct Refusal {
  const char* what;
  int32_t found;
  int32_t wanted;
};

void ExpectRefused(const Status& status, const Refusal& wanted) {
  EXPECT_EQ(status.code, StatusCode::kUnsupported) << wanted.what;
  EXPECT_EQ(status.subject, StatusSubject::kModel);
  EXPECT_STREQ(status.what, wanted.what);
  EXPECT_EQ(status.found, wanted.found) << wanted.what;
  EXPECT_EQ(status.wanted, wanted.wanted) << wanted.what;
}

// Scales from half of the range to all of it; the same shapes as below.
TEST(ModelInputTest, LogMelFeaturesHaveAScaleOfTheirOwn) {
  int frames = 0;
  for (const float scale : {0.5f / 255, 0.0037010426f, 1.0f / 255, 1.009f / 255}) {
    Description input = Features({1, 30, 1, 40});
    input.scales = {scale};
    EXPECT_TRUE(CheckLogMelInput(input.info(), 40, &frames).ok()) << scale;
    EXPECT_EQ(frames, 30);
    EXPECT_FALSE(CheckModelInput(input.info(), 40, &frames).ok()) << scale;
  }
  Description input = Features({1, 30, 1, 40});
  ExpectRefused(CheckLogMelInput(input.info(), 40, &frames),
                {"input: scale, in millionths", 101961, 3922});
  input.scales = {0.49f / 255};
  ExpectRefused(CheckLogMelInput(input.info(), 40, &frames),
                {"input: scale, in millionths", 1922, 3922});
  input.scales = {1.0f / 255};
  input.zero_points = {0};
  ExpectRefused(CheckLogMelInput(input.info(), 40, &frames), {"input: zero point", 0, -128});
  input.zero_points = {-128};
  ExpectRefused(CheckLogMelInput(input.info(), 39, &frames),
                {"input: innermost extent (wanted: the channels)", 40, 39});
}

TEST(ModelInputTest, ShapesOfTheField) {
  const std::vector<int32_t> shapes[] = {{1, 49, 40, 1}, {1, 1960},      {1, 49, 40},
                                         {49, 40},       {1, 1, 49, 40}, {1960}};
  for (const auto& shape : shapes) {
    int frames = 0;
    EXPECT_TRUE(CheckModelInput(Features(shape).info(), 40, &frames).ok());
    EXPECT_EQ(frames, 49);
  }
  int frames = 0;
  EXPECT_TRUE(CheckModelInput(Features({1, 1, 40}).info(), 40, &frames).ok());
  EXPECT_EQ(frames, 1);
}

TEST(ModelInputTest, ScaleWithinOnePercent) {
  int frames = 0;
  Description input = Features({1, 1960});
  for (const float factor : {0.9901f, 0.9976f, 1.0f, 1.0099f}) {
    input.scales = {26.0f / 255 * factor};
    EXPECT_TRUE(CheckModelInput(input.info(), 40, &frames).ok()) << factor;
  }
  input.scales = {26.0f / 255 * 0.9899f};
  ExpectRefused(CheckModelInput(input.info(), 40, &frames),
                {"input: scale, in millionths", 100931, 101961});
  input.scales = {26.0f / 255 * 1.0101f};
  ExpectRefused(CheckModelInput(input.info(), 40, &frames),
                {"input: scale, in millionths", 102991, 101961});
  input.scales = {1e30f};
  ExpectRefused(CheckModelInput(input.info(), 40, &frames),
                {"input: scale, in millionths", 1000000000, 101961});
}

TEST(ModelInputTest, Refusals) {
  int frames = 0;
  Description input = Features({1, 1960});
  input.type = TensorType::FLOAT32;
  ExpectRefused(
      CheckModelInput(input.info(), 40, &frames),
      {"input", static_cast<int32_t>(TensorType::FLOAT32), static_cast<int32_t>(TensorType::INT8)});
  ExpectRefused(CheckModelInput(Features({1, 40, 49, 1}).info(), 40, &frames),
                {"input: innermost extent (wanted: the channels)", 49, 40});
  ExpectRefused(CheckModelInput(Features({1, 1961}).info(), 40, &frames),
                {"input: extent (wanted: a multiple of the channels)", 1961, 40});
  ExpectRefused(CheckModelInput(Features({}).info(), 40, &frames),
                {"input: extent (wanted: a multiple of the channels)", 1, 40});
  ExpectRefused(CheckModelInput(Features({2, 49, 40}).info(), 40, &frames),
                {"input: extents other than 1 (wanted at most)", 3, 2});
  input = Features({1, 1960});
  input.zero_points = {-127};
  ExpectRefused(CheckModelInput(input.info(), 40, &frames), {"input: zero point", -127, -128});
  input = Features({1, 1960});
  input.scales = {};
  input.zero_points = {};
  ExpectRefused(CheckModelInput(input.info(), 40, &frames),
                {"input or output: number of scales", 0, 1});
}

TEST(ScoresTest, Int8AndUint8) {
  Description output = Scores();
  EXPECT_TRUE(CheckScores(output.info(), 4).ok());
  uint8_t bytes[] = {0x80, 0x7F, 0x00, 0xFF};  // -128, 127, 0, -1
  uint8_t scores[4] = {};
  ReadScores({output.info(), bytes}, scores);
  EXPECT_THAT(scores, ::testing::ElementsAre(0, 255, 128, 127));

  output.type = TensorType::UINT8;
  output.zero_points = {0};
  output.scales = {1.0f / 255};
  EXPECT_TRUE(CheckScores(output.info(), 4).ok());
  ReadScores({output.info(), bytes}, scores);
  EXPECT_THAT(scores, ::testing::ElementsAre(128, 127, 0, 255));
}

TEST(ScoresTest, Refusals) {
  Description output = Scores();
  ExpectRefused(CheckScores(output.info(), 3), {"output: elements (wanted: one per label)", 4, 3});
  output.type = TensorType::FLOAT32;
  ExpectRefused(CheckScores(output.info(), 4), {"output", static_cast<int32_t>(TensorType::FLOAT32),
                                                static_cast<int32_t>(TensorType::INT8)});
  output = Scores();
  output.type = TensorType::UINT8;
  ExpectRefused(CheckScores(output.info(), 4), {"output: zero point", -128, 0});
  output = Scores();
  output.scales = {1.0f / 128};
  ExpectRefused(CheckScores(output.info(), 4), {"output: scale, in millionths", 7813, 3906});
  output = Scores();
  output.scales = {1.0f / 256, 1.0f / 256, 1.0f / 256, 1.0f / 256};
  output.zero_points = {-128, -128, -128, -128};
  ExpectRefused(CheckScores(output.info(), 4), {"input or output: number of scales", 4, 1});
}

}  // namespace
}  // namespace earshot
