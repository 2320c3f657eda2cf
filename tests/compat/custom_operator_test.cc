// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators of an application's own, written as for TensorFlow Lite Micro.

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "tensorflow/lite/kernels/kernel_util.h"
#include "tensorflow/lite/micro/kernels/kernel_util.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tests/compat/all_operators.h"
#include "tests/compat/log.h"
#include "tests/compat/micro_model.h"

namespace earshot::test {
namespace {

// output = factor * input + how often it has run + the second input's first element, if there is
// one. The factor stands in the options.
struct ScaleData {
  int factor;
  int runs;
  int scratch;
  int big_scratch;
};

struct Calls {
  int frees = 0;
  int resets = 0;
  int count = 0;       // Of elements, as prepare has seen it.
  float scale = 0.0f;  // Of the input, as prepare has seen it.
  TfLiteStatus prepare = kTfLiteOk;
  TfLiteStatus invoke = kTfLiteOk;
  bool ensure_fails = false;
  size_t temp_bytes = 6;  // That prepare needs for a moment.
};

Calls* CallsOf(TfLiteContext* context) {
  return static_cast<Calls*>(tflite::GetMicroContext(context)->external_context());
}

void* ScaleInit(TfLiteContext* context, const char* buffer, size_t length) {
  auto* const data =
      static_cast<ScaleData*>(context->AllocatePersistentBuffer(context, sizeof(ScaleData)));
  if (data != nullptr) data->factor = length == 1 ? buffer[0] : 1;
  return data;
}

void ScaleFree(TfLiteContext* context, void* /*user_data*/) { ++CallsOf(context)->frees; }

void ScaleReset(TfLiteContext* context, void* user_data) {
  static_cast<ScaleData*>(user_data)->runs = 0;
  ++CallsOf(context)->resets;
}

TfLiteStatus ScalePrepare(TfLiteContext* context, TfLiteNode* node) {
  Calls& calls = *CallsOf(context);
  tflite::MicroContext* const micro = tflite::GetMicroContext(context);
  auto* const data = static_cast<ScaleData*>(node->user_data);
  TF_LITE_ENSURE(context, tflite::NumInputs(node) >= 1);
  TF_LITE_ENSURE_EQ(context, tflite::NumOutputs(node), 1);
  TfLiteTensor* const input = micro->AllocateTempInputTensor(node, 0);
  TF_LITE_ENSURE(context, input != nullptr);
  TfLiteTensor* const output = micro->AllocateTempOutputTensor(node, 0);
  TF_LITE_ENSURE(context, output != nullptr);
  TF_LITE_ENSURE_TYPES_EQ(context, input->type, kTfLiteInt8);
  TF_LITE_ENSURE_TYPES_EQ(context, output->type, input->type);
  TF_LITE_ENSURE(context, tflite::HaveSameShapes(input, output));
  TF_LITE_ENSURE_EQ(context, input->data.data == nullptr ? 0 : 1, calls.ensure_fails ? 1 : 0);
  calls.count = static_cast<int>(tflite::NumElements(input));
  calls.scale = input->params.scale;
  uint8_t* const temp = micro->AllocateTempBuffer(calls.temp_bytes, 4);
  TF_LITE_ENSURE(context, temp != nullptr);
  std::memset(temp, 1, calls.temp_bytes);
  micro->DeallocateTempBuffer(temp);
  TF_LITE_ENSURE_STATUS(
      context->RequestScratchBufferInArena(context, input->bytes, &data->scratch));
  TF_LITE_ENSURE_STATUS(context->RequestScratchBufferInArena(context, 1000, &data->big_scratch));
  micro->DeallocateTempTfLiteTensor(input);
  micro->DeallocateTempTfLiteTensor(output);
  return calls.prepare;
}

TfLiteStatus ScaleInvoke(TfLiteContext* context, TfLiteNode* node) {
  auto* const data = static_cast<ScaleData*>(node->user_data);
  const TfLiteEvalTensor* const input = tflite::micro::GetEvalInput(context, node, 0);
  const TfLiteEvalTensor* const bias = tflite::micro::GetEvalInput(context, node, 1);
  TfLiteEvalTensor* const output = tflite::micro::GetEvalOutput(context, node, 0);
  EXPECT_TRUE(tflite::micro::HaveSameShapes(input, output));
  EXPECT_EQ(tflite::micro::GetEvalOutput(context, node, 1), nullptr);
  auto* const scratch = static_cast<int8_t*>(context->GetScratchBuffer(context, data->scratch));
  void* const big = context->GetScratchBuffer(context, data->big_scratch);
  const int count = tflite::micro::GetTensorShape(input).FlatSize();
  const auto bytes = static_cast<size_t>(count);
  std::memcpy(scratch, tflite::micro::GetTensorData<int8_t>(input), bytes);
  std::memset(big, 0x55, 1000);  // Of its own: it must not hit the other.
  const int added = data->runs++ + (bias == nullptr ? 0 : bias->data.int8[0]);
  for (int i = 0; i < count; ++i) {
    tflite::micro::GetTensorData<int8_t>(output)[i] =
        static_cast<int8_t>(data->factor * scratch[i] + added);
  }
  EXPECT_EQ(context->AllocatePersistentBuffer(context, 4), nullptr);
  return CallsOf(context)->invoke;
}

const TFLMRegistration* ScaleRegistration() {
  static const TFLMRegistration registration =
      tflite::micro::RegisterOp(ScaleInit, ScalePrepare, ScaleInvoke, ScaleFree, ScaleReset);
  return &registration;
}

// Two of them with a RESHAPE between: times 3, then times -2 and 5 more.
ModelBuilder ScaleTwice() {
  ModelBuilder builder;
  const auto tensor = [&](std::vector<int32_t> shape) {
    return builder.AddTensor({std::move(shape), TensorType::INT8, {0.5f}, {0}});
  };
  const int input = tensor({2, 3});
  const int first = tensor({2, 3});
  const int flat = tensor({6});
  const int output = tensor({6});
  const int five = builder.AddTensor({{1}, TensorType::INT8, {0.5f}, {0}, {5}});
  builder.AddCustomOperator("Scale", {input, -1}, {first}, {3});
  builder.AddOperator(BuiltinOperator::RESHAPE, {first}, {flat});
  builder.AddCustomOperator("Scale", {flat, five}, {output}, {static_cast<uint8_t>(-2)});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

class CustomOperatorTest : public testing::Test {
 protected:
  CustomOperatorTest() : file_(ScaleTwice().Build()) {
    EXPECT_EQ(resolver_.AddCustom("Scale", ScaleRegistration()), kTfLiteOk);
    EXPECT_EQ(resolver_.AddReshape(), kTfLiteOk);
    TakeLog();
  }

  std::vector<int8_t> Run(tflite::MicroInterpreter& interpreter) {
    const std::vector<uint8_t> output = RunOn(interpreter, {1, 2, 3, 4, 5, 6});
    return {output.begin(), output.end()};
  }

  AlignedBytes file_;
  Calls calls_;
  tflite::MicroMutableOpResolver<2> resolver_;
};

TEST_F(CustomOperatorTest, RunsUnchanged) {
  AlignedBytes arena(8192);
  {
    tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, arena.span().data(), 8192);
    ASSERT_EQ(interpreter.SetMicroExternalContext(&calls_), kTfLiteOk);
    EXPECT_EQ(interpreter.SetMicroExternalContext(&calls_), kTfLiteError);
    ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk) << TakeLog();
    EXPECT_EQ(calls_.count, 6);
    EXPECT_EQ(calls_.scale, 0.5f);
    // -2 * (3 * x + run) + run + 5
    EXPECT_EQ(Run(interpreter), (std::vector<int8_t>{-1, -7, -13, -19, -25, -31}));
    EXPECT_EQ(Run(interpreter), (std::vector<int8_t>{-2, -8, -14, -20, -26, -32}));
    EXPECT_EQ(interpreter.Reset(), kTfLiteOk);
    EXPECT_EQ(calls_.resets, 2);
    EXPECT_EQ(Run(interpreter), (std::vector<int8_t>{-1, -7, -13, -19, -25, -31}));
    EXPECT_EQ(calls_.frees, 0);
  }
  EXPECT_EQ(calls_.frees, 2);
}

TEST_F(CustomOperatorTest, TheArenaThatItSaysIsEnough) {
  for (const size_t temp_bytes : {6, 3000}) {
    calls_.temp_bytes = temp_bytes;
    AlignedBytes arena(8192);
    size_t used = 0;
    {
      tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, arena.span().data(), 8192);
      interpreter.SetMicroExternalContext(&calls_);
      ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
      used = interpreter.arena_used_bytes();
    }
    EXPECT_GT(used, temp_bytes);
    for (size_t size = 0; size <= used; size += size + 64 < used ? 16 : 1) {
      AlignedBytes exact(size);
      tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, exact.span().data(), size);
      interpreter.SetMicroExternalContext(&calls_);
      TakeLog();
      const TfLiteStatus status = interpreter.AllocateTensors();
      EXPECT_EQ(status, size < used ? kTfLiteError : kTfLiteOk)
          << size << " of " << used << TakeLog();
      if (status == kTfLiteOk) {
        EXPECT_EQ(Run(interpreter)[0], -1);
      }
    }
  }
}

TEST_F(CustomOperatorTest, SaysThatPrepareFailed) {
  AlignedBytes arena(8192);
  calls_.prepare = kTfLiteError;
  {
    tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, arena.span().data(), 8192);
    interpreter.SetMicroExternalContext(&calls_);
    EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteError);
    EXPECT_NE(TakeLog().find("operator 0: prepare of Scale has answered 1"), std::string::npos);
    EXPECT_EQ(calls_.frees, 1);  // At once: the arena may be somebody else's now.
  }
  EXPECT_EQ(calls_.frees, 1);
  calls_.prepare = kTfLiteOk;
  calls_.ensure_fails = true;
  tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, arena.span().data(), 8192);
  interpreter.SetMicroExternalContext(&calls_);
  EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteError);
  EXPECT_NE(TakeLog().find("(0 != 1)"), std::string::npos);
}

TEST_F(CustomOperatorTest, InvokeAnswersWhatTheOperatorDid) {
  AlignedBytes arena(8192);
  tflite::MicroInterpreter interpreter(ModelIn(file_), resolver_, arena.span().data(), 8192);
  interpreter.SetMicroExternalContext(&calls_);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
  calls_.invoke = kTfLiteError;
  EXPECT_EQ(interpreter.Invoke(), kTfLiteError);
  calls_.invoke = tflite::kTfLiteAbort;
  EXPECT_EQ(interpreter.Invoke(), tflite::kTfLiteAbort);
  calls_.invoke = kTfLiteOk;
  interpreter.Reset();
  EXPECT_EQ(Run(interpreter)[0], -1);
}

TEST_F(CustomOperatorTest, AnUnknownOneIsMissed) {
  AlignedBytes arena(8192);
  tflite::MicroMutableOpResolver<1> resolver;
  resolver.AddReshape();
  tflite::MicroInterpreter interpreter(ModelIn(file_), resolver, arena.span().data(), 8192);
  EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteError);
  EXPECT_NE(TakeLog().find("no kernel is registered for"), std::string::npos);
}

// Adds its input to a variable tensor, whose new contents it gives.
TfLiteStatus SumInvoke(TfLiteContext* context, TfLiteNode* node) {
  const TfLiteEvalTensor* const input = tflite::micro::GetEvalInput(context, node, 0);
  TfLiteEvalTensor* const sum = tflite::micro::GetMutableEvalInput(context, node, 1);
  TfLiteEvalTensor* const output = tflite::micro::GetEvalOutput(context, node, 0);
  for (int i = 0; i < input->dims->data[0]; ++i) {
    sum->data.int8[i] = static_cast<int8_t>(sum->data.int8[i] + input->data.int8[i]);
    output->data.int8[i] = sum->data.int8[i];
  }
  return kTfLiteOk;
}

TEST(CustomOperatorStateTest, VariableTensorsBeginAtZeroAndLast) {
  ModelBuilder builder;
  const int input = builder.AddTensor({{3}, TensorType::INT8, {1.0f}, {0}});
  TensorSpec state{{3}, TensorType::INT8, {1.0f}, {-7}};
  state.is_variable = true;
  const int sum = builder.AddTensor(state);
  const int output = builder.AddTensor({{3}, TensorType::INT8, {1.0f}, {-7}});
  builder.AddCustomOperator("Sum", {input, sum}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  const AlignedBytes file = builder.Build();
  const TFLMRegistration registration = tflite::micro::RegisterOp(nullptr, nullptr, SumInvoke);
  tflite::MicroMutableOpResolver<1> resolver;
  resolver.AddCustom("Sum", &registration);
  AlignedBytes arena(4096);
  tflite::MicroAllocator* const allocator =
      tflite::MicroAllocator::Create(arena.span().data(), arena.size());
  tflite::MicroInterpreter one(ModelIn(file), resolver, allocator);
  tflite::MicroInterpreter other(ModelIn(file), resolver, allocator);
  ASSERT_EQ(one.AllocateTensors(), kTfLiteOk) << TakeLog();
  ASSERT_EQ(other.AllocateTensors(), kTfLiteOk) << TakeLog();
  const auto bytes = [](int a, int b, int c) {
    return std::vector<uint8_t>{static_cast<uint8_t>(a), static_cast<uint8_t>(b),
                                static_cast<uint8_t>(c)};
  };
  EXPECT_EQ(RunOn(one, bytes(1, 2, 3)), bytes(-6, -5, -4));
  EXPECT_EQ(RunOn(other, bytes(10, 10, 10)), bytes(3, 3, 3));
  EXPECT_EQ(RunOn(one, bytes(1, 2, 3)), bytes(-5, -3, -1));
  EXPECT_EQ(RunOn(other, bytes(10, 10, 10)), bytes(13, 13, 13));
  one.Reset();
  EXPECT_EQ(RunOn(one, bytes(1, 2, 3)), bytes(-6, -5, -4));
}

}  // namespace
}  // namespace earshot::test
