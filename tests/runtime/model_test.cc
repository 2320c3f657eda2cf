// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/status_text.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using test::TensorSpec;
using ::testing::HasSubstr;

std::string LoadError(Span<const uint8_t> bytes) {
  Model model;
  char text[kStatusTextBytes];
  return StatusText(Model::Load(bytes, &model), text);
}

// A model of one tensor, which is a constant with per-channel quantization, changed by `change`.
AlignedBytes WithTensor(const std::function<void(TensorSpec&)>& change) {
  TensorSpec tensor{{2, 3}, TensorType::INT8, {0.5f, 0.25f, 2.0f}, {0, 1, -1}};
  tensor.quantized_dimension = 1;
  tensor.data = {1, 2, 3, 4, 5, 6};
  tensor.name = "weights";
  change(tensor);
  ModelBuilder builder;
  builder.SetOutputs({builder.AddTensor(tensor)});
  return builder.Build();
}

std::string TensorError(const std::function<void(TensorSpec&)>& change) {
  return LoadError(WithTensor(change).span());
}

TEST(ModelTest, ShowsWhatTheFileSays) {
  const AlignedBytes bytes = WithTensor([](TensorSpec&) {});
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  ASSERT_EQ(model.subgraph_count(), 1u);
  ASSERT_EQ(model.tensor_count(0), 1u);
  const TensorInfo tensor = model.tensor(0, 0);
  EXPECT_STREQ(model.tensor_name(0, 0), "weights");
  EXPECT_EQ(tensor.type, TensorType::INT8);
  EXPECT_EQ(tensor.rank(), 2);
  EXPECT_EQ(tensor.dim(0), 2);
  EXPECT_EQ(tensor.dim(-1), 3);
  EXPECT_EQ(tensor.count(), 6);
  EXPECT_EQ(tensor.bytes, 6u);
  EXPECT_EQ(tensor.scales[2], 2.0f);
  EXPECT_EQ(test::ZeroPoints(tensor)[2], -1);
  EXPECT_EQ(tensor.quantized_dimension, 1);
  ASSERT_TRUE(tensor.is_constant());
  EXPECT_EQ(tensor.constant<int8_t>()[5], 6);
  // In place: nothing was copied.
  EXPECT_GE(tensor.data.data(), bytes.span().data());
  EXPECT_LT(tensor.data.data(), bytes.span().end());
}

TEST(ModelTest, ReadsFilesOfToolsThatAlignNothingToEight) {
  for (const bool is_long : {false, true}) {
    const AlignedBytes bytes = WithTensor([&](TensorSpec& t) {
      t.type = TensorType::INT64;
      t.data = test::BytesOf(std::vector<int64_t>{1, -2, int64_t{1} << 40, -4, 5, 6});
      if (is_long) t.name += "....";  // All that comes before it lies elsewhere then.
      t.zero_points = {7, -3, INT32_MIN};
    });
    const AlignedBytes shifted = test::ShiftedByFour(bytes.span());
    Model model;
    ASSERT_EQ(LoadError(shifted.span()), "ok");
    ASSERT_TRUE(Model::Load(shifted.span(), &model).ok());
    const TensorInfo tensor = model.tensor(0, 0);
    EXPECT_EQ(test::ZeroPoints(tensor), (std::vector<int64_t>{7, -3, INT32_MIN}));
    ASSERT_EQ(tensor.data.size(), 48u);
    const auto address = reinterpret_cast<uintptr_t>(tensor.data.data());
    EXPECT_EQ(address % 8, 4u);
    int64_t third = 0;
    std::memcpy(&third, tensor.data.data() + 16, sizeof(third));
    EXPECT_EQ(third, int64_t{1} << 40);
  }
}

// As TensorFlow Lite Micro reads the file.
TEST(ModelTest, OneZeroPointIsThatOfAllScalesAndNoneIsNoQuantization) {
  const AlignedBytes one = WithTensor([](TensorSpec& t) { t.zero_points = {-5}; });
  Model model;
  ASSERT_EQ(LoadError(one.span()), "ok");
  ASSERT_TRUE(Model::Load(one.span(), &model).ok());
  EXPECT_EQ(model.tensor(0, 0).scales.size(), 3u);
  EXPECT_EQ(model.tensor(0, 0).zero_point(), -5);

  const AlignedBytes none = WithTensor([](TensorSpec& t) { t.zero_points = {}; });
  ASSERT_EQ(LoadError(none.span()), "ok");
  ASSERT_TRUE(Model::Load(none.span(), &model).ok());
  EXPECT_TRUE(model.tensor(0, 0).scales.empty());
}

// Tensors that are bad in one way each, in a model that runs but for them.
std::vector<TensorSpec> BadTensors() {
  TensorSpec negative{{-1, 4}};
  TensorSpec too_large{{65536, 65536, 65536}};
  TensorSpec short_data{{8}};
  short_data.data = {1, 2, 3};
  TensorSpec scale{{2}, TensorType::INT8, {-1.0f}, {0}};
  TensorSpec scales{{2}, TensorType::INT8, {1.0f, 1.0f, 1.0f}, {0, 0, 0}};
  TensorSpec zero_point{{2}, TensorType::INT8, {1.0f}, {1000}};
  return {negative, too_large, short_data, scale, scales, zero_point};
}

TEST(ModelTest, BadTensorsOnlyMatterWhereTheyAreTouched) {
  enum Place { kNowhere, kOperatorInput, kOperatorOutput, kModelInput, kModelOutput };
  for (const TensorSpec& bad : BadTensors()) {
    for (const Place place :
         {kNowhere, kOperatorInput, kOperatorOutput, kModelInput, kModelOutput}) {
      ModelBuilder builder;
      const int input = builder.AddTensor({{4}, TensorType::INT8, {1.0f}, {0}});
      const int other = builder.AddTensor(bad);
      const int output = builder.AddTensor({{4}, TensorType::INT8, {1.0f}, {0}});
      builder.AddOperator(BuiltinOperator::ADD, {input, place == kOperatorInput ? other : input},
                          {place == kOperatorOutput ? other : output}, test::AddOptions());
      builder.SetInputs({place == kModelInput ? other : input});
      builder.SetOutputs({place == kModelOutput ? other : output});
      const AlignedBytes bytes = builder.Build();
      EXPECT_EQ(LoadError(bytes.span()) == "ok", place == kNowhere) << LoadError(bytes.span());
      if (place != kNowhere) {
        EXPECT_THAT(LoadError(bytes.span()), HasSubstr("tensor 1"));
      }
      Model model;
      EXPECT_TRUE(Model::LoadStructure(bytes.span(), &model).ok());
    }
  }
}

TEST(ModelTest, AnEmptyShapeVectorOfReshapeIsAScalar) {
  ModelBuilder builder;
  const int input = builder.AddTensor({{1, 1}, TensorType::INT8, {1.0f}, {0}});
  const int shape = builder.AddTensor({{0}, TensorType::INT32});
  const int output = builder.AddTensor({{}, TensorType::INT8, {1.0f}, {0}});
  builder.AddOperator(BuiltinOperator::RESHAPE, {input, shape}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  EXPECT_EQ(LoadError(builder.Build().span()), "ok");
}

// A small file whose tensors share one long vector of scales: many to look at, again and again.
TEST(ModelTest, ManyScalesEnd) {
  constexpr int32_t kScales = 1000000;
  ModelBuilder builder;
  TensorSpec tensor{{kScales}, TensorType::INT8};
  tensor.scales.assign(kScales, 1.0f);
  tensor.zero_points = {0};
  const int many = builder.AddTensor(tensor);
  for (int i = 0; i < 101; ++i) builder.AddOperator(BuiltinOperator::ADD, {many}, {});
  EXPECT_EQ(LoadError(builder.Build().span()),
            "invalid model: tensor 0: number of scales in all (wanted: at most): found 101000000, "
            "wanted 100000000");
}

TEST(ModelTest, ShowsTheSameWithoutVerifyingAgain) {
  const AlignedBytes bytes = WithTensor([](TensorSpec&) {});
  Model loaded;
  ASSERT_TRUE(Model::Load(bytes.span(), &loaded).ok());
  const Model model = Model::LoadVerified(bytes.span());
  ASSERT_TRUE(model.loaded());
  EXPECT_EQ(model.bytes().data(), bytes.span().data());
  EXPECT_EQ(model.bytes().size(), bytes.size());
  EXPECT_EQ(model.tensor(0, 0).data.data(), loaded.tensor(0, 0).data.data());
}

TEST(ModelTest, RefusesDamagedTensors) {
  EXPECT_EQ(TensorError([](TensorSpec&) {}), "ok");
  EXPECT_EQ(TensorError([](TensorSpec& t) {
              t.shape = {2, 0};
            }),
            "invalid model: tensor 0: number of scales: found 3, wanted 0");
  EXPECT_EQ(TensorError([](TensorSpec& t) {
              t.shape = {-2, -3};
            }),
            "invalid model: tensor 0: shape: extent (wanted: at least): found -2, wanted 0");
  EXPECT_EQ(TensorError([](TensorSpec& t) {
              t.shape = {65536, 65536, 65536, 65536};
            }),
            "invalid model: tensor 0: shape: more than 2^31 - 1 elements");
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.data.pop_back(); }),
            "invalid model: tensor 0: contents: found 5, wanted 6 bytes");
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.scales.pop_back(); }),
            "invalid model: tensor 0: number of zero points: found 3, wanted 2");
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.scales.pop_back(), t.zero_points.pop_back(); }),
            "invalid model: tensor 0: number of scales: found 2, wanted 3");
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.quantized_dimension = 2; }),
            "invalid model: tensor 0: quantized dimension: found 2, wanted 1");
  for (const float scale : {-0.0f, -1.0f, NAN, INFINITY}) {
    EXPECT_EQ(TensorError([&](TensorSpec& t) { t.scales[1] = scale; }),
              "invalid model: tensor 0: scale is no finite number from 0 on");
  }
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.zero_points[0] = 128; }),
            "invalid model: tensor 0: zero point is too high: found 128, wanted 127");
  EXPECT_EQ(TensorError([](TensorSpec& t) { t.zero_points[0] = -(int64_t{1} << 40); }),
            "invalid model: tensor 0: zero point is too low: found -2147483648, wanted -128");
}

TEST(ModelTest, RefusesIndicesThatLeadNowhere) {
  const auto error = [](std::vector<int32_t> inputs, std::vector<int32_t> outputs,
                        std::vector<int32_t> model_inputs) {
    ModelBuilder builder;
    builder.AddTensor({{1}, TensorType::INT8});
    builder.AddTensor({{1}, TensorType::INT8});
    builder.AddOperator(BuiltinOperator::ADD, std::move(inputs), std::move(outputs));
    builder.SetInputs(std::move(model_inputs));
    return LoadError(builder.Build().span());
  };
  EXPECT_EQ(error({0, -1}, {1}, {0}), "ok");
  EXPECT_EQ(
      error({2}, {1}, {0}),
      "invalid model: operator 0: input: tensor index (wanted: less than): found 2, wanted 2");
  EXPECT_EQ(
      error({-2}, {1}, {0}),
      "invalid model: operator 0: input: tensor index (wanted: less than): found -2, wanted 2");
  EXPECT_EQ(
      error({0}, {-1}, {0}),
      "invalid model: operator 0: output: tensor index (wanted: less than): found -1, wanted 2");
  EXPECT_EQ(
      error({0}, {1}, {7}),
      "invalid model: subgraph 0: input: tensor index (wanted: less than): found 7, wanted 2");
  EXPECT_EQ(
      error(std::vector<int32_t>(256, 0), {1}, {0}),
      "invalid model: operator 0: number of tensors (wanted: at most): found 256, wanted 255");
}

TEST(ModelTest, RefusesWhatIsNoModel) {
  EXPECT_EQ(LoadError({}),
            "invalid model: model: size (wanted: at least): found 0, wanted 8 bytes");
  AlignedBytes text(64);
  std::memset(text.span().data(), 'x', text.size());
  EXPECT_EQ(LoadError(text.span()), "invalid model: model: the file identifier is not TFL3");

  const AlignedBytes good = WithTensor([](TensorSpec&) {});
  const Span<const uint8_t> bytes = good.span();
  for (size_t size = 8; size < bytes.size(); size += 3) {
    AlignedBytes cut(std::vector<uint8_t>(bytes.begin(), bytes.begin() + size));
    EXPECT_NE(LoadError(cut.span()), "ok") << size;
  }
  AlignedBytes shifted(bytes.size() + 4);
  std::memcpy(shifted.span().data() + 4, bytes.data(), bytes.size());
  EXPECT_EQ(LoadError(shifted.span().subspan(4)),
            "invalid argument: model: address: remainder to the wanted alignment: found 4, wanted "
            "16 bytes");
}

// Every model in the field that lies beside the repository passes verification, those with
// operators that Earshot does not have included.
TEST(ModelTest, AcceptsModelsOfTheField) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const auto index = test::ReadTsv(test::SharedPath("golden/nn/models.tsv"));
  ASSERT_GT(index.size(), 10u);
  for (size_t i = 1; i < index.size(); ++i) {
    const AlignedBytes bytes(
        test::ReadBytes(test::SharedPath("models/" + index[i][0] + ".tflite")));
    EXPECT_EQ(LoadError(bytes.span()), "ok") << index[i][0];
  }
}

}  // namespace
}  // namespace earshot
