// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// That the operators which the build makes of the list of kernels are whole and rightly grouped.

#include <gtest/gtest.h>

#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "tests/compat/all_operators.h"
#include "tests/compat/log.h"

namespace earshot::test {
namespace {

std::vector<TFLMRegistration> AllRegistrations() {
  return {
#define EARSHOT_TFLM_REGISTRATION(id, ...)
#define EARSHOT_TFLM_OPERATOR(name, id) tflite::Register_##id(),
#include "tensorflow/lite/micro/kernels/earshot_operators.inc"
  };
}

std::string NameOf(const Kernel& kernel) {
  const char* const custom = kernel.key.custom_name;
  return std::to_string(kernel.key.op_code) + (custom == nullptr ? "" : custom);
}

TEST(ResolverTest, EveryKernelBelongsToTheOneRegistrationOfItsOperator) {
  std::map<const Kernel*, int> seen;
  std::map<std::string, int> operators;
  for (const TFLMRegistration& registration : AllRegistrations()) {
    ASSERT_GT(registration.kernel_count, 0u);
    const std::string name = NameOf(*registration.kernels[0]);
    ++operators[name];
    for (uint32_t i = 0; i < registration.kernel_count; ++i) {
      ++seen[registration.kernels[i]];
      EXPECT_EQ(NameOf(*registration.kernels[i]), name);
    }
  }
  EXPECT_EQ(seen.size(), AllKernels().size());
  for (const Kernel* const kernel : AllKernels()) {
    EXPECT_EQ(seen[kernel], 1) << KernelSymbol(*kernel);
  }
  for (const auto& [name, count] : operators) EXPECT_EQ(count, 1) << name;
  EXPECT_EQ(operators.size(), kOperatorCount);
}

TEST(ResolverTest, FindsWhatWasAdded) {
  AllOperators resolver;
  EXPECT_EQ(resolver.FindOp(tflite::BuiltinOperator_CONV_2D), nullptr);
  AddAllOperators(resolver);
  EXPECT_EQ(resolver.GetRegistrationLength(), kOperatorCount);
  const TFLMRegistration* const conv = resolver.FindOp(tflite::BuiltinOperator_CONV_2D);
  ASSERT_NE(conv, nullptr);
  EXPECT_EQ(conv->builtin_code, tflite::BuiltinOperator_CONV_2D);
  EXPECT_EQ(conv->kernel_count, 6u);
  ASSERT_NE(resolver.FindOp("SignalRfft"), nullptr);
  EXPECT_STREQ(resolver.FindOp("SignalRfft")->custom_name, "SignalRfft");
  EXPECT_EQ(resolver.FindOp("NobodyHasThis"), nullptr);
  EXPECT_EQ(resolver.FindOp(tflite::BuiltinOperator_CUSTOM), nullptr);
}

TEST(ResolverTest, ARegistrationOfOneTypeHasOneKernel) {
  const TFLMRegistration conv = tflite::Register_CONV_2D_INT8();
  ASSERT_EQ(conv.kernel_count, 1u);
  EXPECT_EQ(conv.kernels[0], &kernels::kConv2DInt8);
  EXPECT_EQ(tflite::Register_CONV_2D_INT8REF().kernels[0], &reference::kConv2DInt8);
  EXPECT_EQ(tflite::Register_FULLY_CONNECTED_INT4().kernels[0],
            &kernels::kFullyConnectedInt4Weights);
  EXPECT_EQ(tflite::Register_SOFTMAX_INT8_INT16().kernels[0], &kernels::kSoftmaxInt8ToInt16);
}

TEST(ResolverTest, SaysWhatCannotBeAdded) {
  TakeLog();
  tflite::MicroMutableOpResolver<1> resolver;
  EXPECT_EQ(resolver.AddRelu(), kTfLiteOk);
  EXPECT_EQ(resolver.AddRelu6(), kTfLiteError);
  EXPECT_EQ(TakeLog(), "operator 21 : the resolver has room for 1\r\n");
  tflite::MicroMutableOpResolver<3> larger;
  EXPECT_EQ(larger.AddRelu(), kTfLiteOk);
  EXPECT_EQ(larger.AddRelu(), kTfLiteError);
  EXPECT_EQ(TakeLog(), "operator 19 : added more than once\r\n");
  TFLMRegistration functions = {};
  EXPECT_EQ(larger.AddCustom("Mine", &functions), kTfLiteError);
  EXPECT_EQ(TakeLog(), "AddCustom(\"Mine\"): a registration without invoke\r\n");
  functions.invoke = [](TfLiteContext*, TfLiteNode*) { return kTfLiteOk; };
  EXPECT_EQ(larger.AddConv2D(functions), kTfLiteError);
  EXPECT_NE(TakeLog().find("AddConv2D(): found a registration of functions"), std::string::npos);
  EXPECT_EQ(larger.AddCustom("Mine", &functions), kTfLiteOk);
  EXPECT_EQ(larger.AddCustom("Mine", &functions), kTfLiteError);
  EXPECT_EQ(TakeLog(), "operator 32 Mine: added more than once\r\n");
}

}  // namespace
}  // namespace earshot::test
