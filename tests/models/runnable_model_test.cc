// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What is said about a model that does not run: damage first, then missing operators, all of them,
// then what is wrong with the tensors of the others.

#include "earshot/models/runnable_model.h"

#include <gtest/gtest.h>

#include "earshot/kernels/all_kernels.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::ModelBuilder;

test::TensorSpec Int8(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT8, {1.0f / 256}, {-128}};
}

std::string Answer(const AlignedBytes& file) {
  Model model;
  return LoadRunnable(file.span(), AllKernelsResolver(), &model);
}

// A recurrent layer as converters write it: inputs that are absent are -1, or a tensor without
// elements; the intermediate results are tensors without elements that nobody reads.
ModelBuilder Recurrent() {
  ModelBuilder builder;
  const int input = builder.AddTensor(Int8({1, 4}));
  const int absent = builder.AddTensor(Int8({0}));
  builder.AddTensor(Int8({0, 7}));
  const int hidden = builder.AddTensor(Int8({1, 4}));
  const int output = builder.AddTensor(Int8({1, 4}));
  builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {hidden}, test::SoftmaxOptions());
  builder.AddOperator(BuiltinOperator::BIDIRECTIONAL_SEQUENCE_LSTM, {hidden, -1, absent, -1},
                      {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

TEST(RunnableModelTest, ModelsThatRunHaveNoAnswer) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Int8({1, 4}));
  const int output = builder.AddTensor(Int8({1, 4}));
  builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {output}, test::SoftmaxOptions());
  builder.SetInputs({input});
  builder.SetOutputs({output});
  EXPECT_EQ(Answer(builder.Build()), "");
}

TEST(RunnableModelTest, MissingOperatorsComeBeforeTheirTensors) {
  EXPECT_EQ(Answer(Recurrent().Build()), "no kernel for BIDIRECTIONAL_SEQUENCE_LSTM of int8");
}

TEST(RunnableModelTest, SaysThatAModelIsCompiledForAnAccelerator) {
  ModelBuilder builder;
  const int data = builder.AddTensor({{4}, TensorType::INT8});
  builder.AddOperator(BuiltinOperator::HASHTABLE, {data}, {data});
  builder.AddCustomOperator("ethos-u", {data}, {data});
  EXPECT_EQ(
      Answer(builder.Build()),
      "compiled for Arm Ethos-U (operator ethos-u): use the .tflite file that it was made from");
}

TEST(RunnableModelTest, NamesAllThatIsMissingOnce) {
  ModelBuilder builder = Recurrent();
  const int real = builder.AddTensor({{0}, TensorType::FLOAT32});
  builder.AddOperator(BuiltinOperator::RNN, {real}, {real});
  builder.AddOperator(BuiltinOperator::RNN, {real}, {real});
  builder.AddOperator(BuiltinOperator::RNN, {-1}, {real});
  EXPECT_EQ(Answer(builder.Build()),
            "no kernel for BIDIRECTIONAL_SEQUENCE_LSTM of int8, RNN of float32, RNN");
}

TEST(RunnableModelTest, TellsForWhichOtherTypesThereIsAKernel) {
  ModelBuilder builder;
  const int whole = builder.AddTensor({{4}, TensorType::INT32});
  const int wide = builder.AddTensor({{4}, TensorType::UINT16});
  builder.AddOperator(BuiltinOperator::FLOOR, {whole}, {whole});
  builder.AddOperator(BuiltinOperator::SVDF, {wide}, {wide});
  builder.AddOperator(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, {wide}, {wide});
  builder.AddCustomOperator("MyOperator", {whole}, {whole});
  EXPECT_EQ(Answer(builder.Build()),
            "no kernel for FLOOR of int32 (only of float32), SVDF of uint16 (only of float32 and "
            "int8), UNIDIRECTIONAL_SEQUENCE_LSTM of uint16 (only of float32, int16 and int8), "
            "MyOperator of int32");
}

TEST(RunnableModelTest, SubgraphsThatDoNotRunCountForNothing) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Int8({1, 4}));
  const int output = builder.AddTensor(Int8({1, 4}));
  builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {output}, test::SoftmaxOptions());
  builder.SetInputs({input});
  builder.SetOutputs({output});
  builder.BeginSubgraph();
  const int other = builder.AddTensor(Int8({0}));
  builder.AddOperator(BuiltinOperator::RNN, {other}, {other});
  EXPECT_EQ(Answer(builder.Build()), "");
}

TEST(RunnableModelTest, DamageComesFirstAndDetailsLast) {
  const AlignedBytes whole = Recurrent().Build();
  const AlignedBytes cut(whole.span().subspan(0, whole.size() - 16));
  EXPECT_EQ(Answer(cut),
            "invalid model: model: the flatbuffer is damaged: an offset leads outside");

  ModelBuilder builder;
  const int input = builder.AddTensor(Int8({-1, 4}));
  const int output = builder.AddTensor(Int8({-1, 4}));
  builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {output}, test::SoftmaxOptions());
  EXPECT_EQ(Answer(builder.Build()),
            "invalid model: tensor 0: shape: extent (wanted: at least): found -1, wanted 0");
}

}  // namespace
}  // namespace earshot
