// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model whose input was given another shape is the model that was built for that shape.

#include "earshot/models/resized_model.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "earshot/models/model_error.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using test::TensorSpec;
using ::testing::HasSubstr;

TensorSpec Float(std::vector<int32_t> shape) { return {std::move(shape), TensorType::FLOAT32}; }

TensorSpec Numbers(std::vector<int32_t> shape, const std::vector<int32_t>& numbers) {
  return {std::move(shape), TensorType::INT32, {}, {}, BytesOf(numbers)};
}

TensorSpec Weights(std::vector<int32_t> shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  std::vector<float> values(count);
  for (size_t i = 0; i < count; ++i) values[i] = std::sin(static_cast<float>(i + 1));
  return {std::move(shape), TensorType::FLOAT32, {}, {}, BytesOf(values)};
}

// The options of SQUEEZE, which the core does not read: field 0 of kind 30, a list of axes.
test::OperatorOptions SqueezeOptions(const std::vector<int32_t>& axes) {
  return {static_cast<schema::BuiltinOptions>(30), [axes](flatbuffers::FlatBufferBuilder& builder) {
            const auto list = builder.CreateVector(axes);
            const auto start = builder.StartTable();
            builder.AddOffset(4, list);
            return flatbuffers::Offset<void>(builder.EndTable(start));
          }};
}

// A spectrogram as openWakeWord's converter writes it: a signal of `samples`, of which the filters
// see four at a time and move on by two; windows come in place of `windows`.
ModelBuilder Spectrogram(int samples, const std::vector<int32_t>& squeezed = {1}) {
  const int windows = samples < 4 ? 1 : (samples - 4) / 2 + 1;
  ModelBuilder b;
  const int input = b.AddTensor(Float({1, samples}));
  const int last = b.AddTensor(Numbers({1}, {-1}));
  const int first = b.AddTensor(Numbers({1}, {1}));
  const int column = b.AddTensor(Float({1, samples, 1}));
  b.AddOperator(BuiltinOperator::EXPAND_DIMS, {input, last}, {column});
  const int image = b.AddTensor(Float({1, 1, samples, 1}));
  b.AddOperator(BuiltinOperator::EXPAND_DIMS, {column, first}, {image});
  const int filter = b.AddTensor(Weights({3, 1, 4, 1}));
  const int bias = b.AddTensor(Weights({3}));
  const int bands = b.AddTensor(Float({1, 1, windows, 3}));
  test::WindowSpec window;
  window.padding = test::Padding::VALID;
  window.stride_w = 2;
  b.AddOperator(BuiltinOperator::CONV_2D, {image, filter, bias}, {bands},
                test::Conv2DOptions(window));
  const int flat = b.AddTensor(Float({1, windows, 3}));
  b.AddOperator(BuiltinOperator::SQUEEZE, {bands}, {flat}, SqueezeOptions(squeezed));
  const int order = b.AddTensor(Numbers({3}, {0, 2, 1}));
  const int turned = b.AddTensor(Float({1, 3, windows}));
  b.AddOperator(BuiltinOperator::TRANSPOSE, {flat, order}, {turned});
  const int squares = b.AddTensor(Float({1, 3, windows}));
  b.AddOperator(BuiltinOperator::MUL, {turned, turned}, {squares}, test::MulOptions());
  const int back = b.AddTensor(Float({1, windows, 3}));
  b.AddOperator(BuiltinOperator::TRANSPOSE, {squares, order}, {back});
  const int mel = b.AddTensor(Weights({3, 2}));
  const int energies = b.AddTensor(Float({1, windows, 2}));
  b.AddOperator(BuiltinOperator::BATCH_MATMUL, {back, mel}, {energies}, test::BatchMatMulOptions());
  const int axes = b.AddTensor(Numbers({3}, {0, 1, 2}));
  const int highest = b.AddTensor(Float({}));
  b.AddOperator(BuiltinOperator::REDUCE_MAX, {energies, axes}, {highest},
                test::ReducerOptions(false));
  const int below = b.AddTensor(Float({1, windows, 2}));
  b.AddOperator(BuiltinOperator::SUB, {energies, highest}, {below}, test::SubOptions());
  b.SetInputs({input});
  b.SetOutputs({below});
  return b;
}

// Layers of a network of images of `height` x 6.
ModelBuilder Network(int height) {
  const int pooled = (height + 1) / 2;
  ModelBuilder b;
  const int input = b.AddTensor(Float({1, height, 6, 1}));
  const int around = b.AddTensor(Numbers({4, 2}, {0, 0, 0, 0, 1, 1, 0, 0}));
  const int padded = b.AddTensor(Float({1, height, 8, 1}));
  b.AddOperator(BuiltinOperator::PAD, {input, around}, {padded});
  const int filter = b.AddTensor(Weights({1, 3, 3, 2}));
  const int bias = b.AddTensor(Weights({2}));
  const int filtered = b.AddTensor(Float({1, height, 8, 2}));
  b.AddOperator(BuiltinOperator::DEPTHWISE_CONV_2D, {padded, filter, bias}, {filtered},
                test::DepthwiseConv2DOptions({}, 2));
  const int pool = b.AddTensor(Float({1, pooled, 4, 2}));
  test::WindowSpec halves;
  halves.stride_h = halves.stride_w = 2;
  b.AddOperator(BuiltinOperator::MAX_POOL_2D, {filtered}, {pool},
                test::Pool2DOptions(halves, 2, 2));
  const int twice = b.AddTensor(Float({1, pooled, 4, 4}));
  b.AddOperator(BuiltinOperator::CONCATENATION, {pool, pool}, {twice},
                test::ConcatenationOptions(3));
  const int rows_shape = b.AddTensor(Numbers({2}, {-1, 16}));
  const int rows = b.AddTensor(Float({pooled, 16}));
  b.AddOperator(BuiltinOperator::RESHAPE, {twice, rows_shape}, {rows});
  const int weights = b.AddTensor(Weights({5, 16}));
  const int dense = b.AddTensor(Float({pooled, 5}));
  b.AddOperator(BuiltinOperator::FULLY_CONNECTED, {rows, weights, -1}, {dense},
                test::FullyConnectedOptions());
  const int along = b.AddTensor(Numbers({1}, {1}));
  const int mean = b.AddTensor(Float({pooled, 1}));
  b.AddOperator(BuiltinOperator::MEAN, {dense, along}, {mean}, test::ReducerOptions(true));
  const int output = b.AddTensor(Float({pooled, 1}));
  b.AddOperator(BuiltinOperator::LOGISTIC, {mean}, {output});
  b.SetInputs({input});
  b.SetOutputs({output});
  return b;
}

AlignedBytes Resized(const ModelBuilder& builder, const TensorShape& shape) {
  const AlignedBytes file = builder.Build();
  Model model;
  EXPECT_TRUE(Model::Load(file.span(), &model).ok());
  return WithInputShape("m", model, shape);
}

std::string Refusal(const ModelBuilder& builder, const TensorShape& shape) {
  try {
    Resized(builder, shape);
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

// The shapes of all tensors, in the order of the file.
std::vector<TensorShape> Shapes(const AlignedBytes& file) {
  Model model;
  EXPECT_TRUE(Model::Load(file.span(), &model).ok());
  std::vector<TensorShape> shapes;
  for (size_t i = 0; i < model.tensor_count(0); ++i) {
    const Span<const int32_t> shape = model.tensor(0, i).shape;
    shapes.emplace_back(shape.begin(), shape.end());
  }
  return shapes;
}

TEST(ResizedModelTest, IsTheModelThatWasBuiltForThatShape) {
  for (const int samples : {4, 5, 6, 40, 1761}) {
    EXPECT_EQ(Shapes(Resized(Spectrogram(1), {1, samples})), Shapes(Spectrogram(samples).Build()));
  }
  for (const int height : {1, 2, 3, 9, 40}) {
    EXPECT_EQ(Shapes(Resized(Network(2), {1, height, 6, 1})), Shapes(Network(height).Build()));
  }
}

TEST(ResizedModelTest, RunsAsThatModelDoes) {
  std::vector<float> input(41);
  for (size_t i = 0; i < input.size(); ++i) input[i] = std::cos(static_cast<float>(i * i));
  const test::RunResult wanted = test::RunModel(Spectrogram(41), {BytesOf(input)});
  ASSERT_TRUE(wanted.status.ok()) << test::Text(wanted.status);
  const AlignedBytes file = Resized(Spectrogram(1), {1, 41});
  Model model;
  ASSERT_TRUE(Model::Load(file.span(), &model).ok());
  AlignedBytes arena(size_t{1} << 20);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  const Status status = interpreter.AllocateTensors();
  ASSERT_TRUE(status.ok()) << test::Text(status);
  std::memcpy(interpreter.input(0).bytes.data(), input.data(), input.size() * sizeof(float));
  ASSERT_TRUE(interpreter.Invoke().ok());
  const Span<float> output = interpreter.output(0).as<float>();
  EXPECT_EQ(std::vector<float>(output.begin(), output.end()), wanted.As<float>());
}

TEST(ResizedModelTest, TheSameShapeChangesNothing) {
  const AlignedBytes file = Spectrogram(9).Build();
  const AlignedBytes same = Resized(Spectrogram(9), {1, 9});
  EXPECT_TRUE(
      std::equal(file.span().begin(), file.span().end(), same.span().begin(), same.span().end()));
}

TEST(ResizedModelTest, RefusesWhatCannotFollow) {
  EXPECT_EQ(Refusal(Spectrogram(1), {1, 3}),
            "m: operator 2 (CONV_2D), for an input of another shape: input: found 3 along an axis, "
            "wanted at least 4, the filter's length");
  EXPECT_EQ(Refusal(Spectrogram(1), {1, 8, 1}),
            "m: tensor 0: found the shape [1,8,1], wanted 2 dimensions, as in the file");
  EXPECT_THAT(Refusal(Spectrogram(1, {2}), {1, 8}), HasSubstr("(SQUEEZE)"));
  EXPECT_THAT(Refusal(Spectrogram(1, {9}), {1, 8}), HasSubstr("axis: found 9, wanted one of 4"));
  EXPECT_THAT(Refusal(Network(2), {1, 2, 7, 1}), HasSubstr("(RESHAPE)"));

  ModelBuilder unknown;
  const int input = unknown.AddTensor(Float({1, 4}));
  const int output = unknown.AddTensor(Float({1, 4}));
  unknown.AddOperator(BuiltinOperator::CUMSUM, {input}, {output}, test::CumsumOptions());
  unknown.SetInputs({input});
  unknown.SetOutputs({output});
  EXPECT_THAT(Refusal(unknown, {1, 5}),
              HasSubstr("operator 0 (CUMSUM), for an input of another shape: nobody here knows"));
}

// Some writers keep equal shapes once for all tensors.
TEST(ResizedModelTest, RefusesAShapeThatAConstantShares) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Float({1, 3}));
  const int constant = builder.AddTensor(Weights({1, 3}));
  const int output = builder.AddTensor(Float({1, 3}));
  builder.AddOperator(BuiltinOperator::ADD, {input, constant}, {output}, test::AddOptions());
  builder.SetInputs({input});
  builder.SetOutputs({output});
  EXPECT_THAT(Refusal(builder, {1, 4}), HasSubstr("operator 0 (ADD)"));  // Not of one extent.

  AlignedBytes file = builder.Build();
  Model model;
  ASSERT_TRUE(Model::Load(file.span(), &model).ok());
  const auto* tensors = model.subgraph(0).tensors();
  // The constant's offset to its shape, made to lead to the input's.
  const auto* table =
      reinterpret_cast<const flatbuffers::Table*>(tensors->Get(static_cast<uint32_t>(constant)));
  const uint8_t* offset = table->GetAddressOf(schema::Tensor::VT_SHAPE);
  const auto* shared =
      reinterpret_cast<const uint8_t*>(tensors->Get(static_cast<uint32_t>(input))->shape());
  const ptrdiff_t place = offset - file.span().data();
  const auto distance = static_cast<uint32_t>(shared - offset);
  std::memcpy(file.span().data() + place, &distance, sizeof(distance));
  if (!Model::Load(file.span(), &model).ok()) GTEST_SKIP() << "the shape lies in front";
  EXPECT_THROW(WithInputShape("m", model, {2, 3}), ModelError);
}

}  // namespace
}  // namespace earshot
