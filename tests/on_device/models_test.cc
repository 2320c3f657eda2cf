// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels, each in models of one operator that were run on the host; and whole models with what
// TensorFlow Lite Micro made of their inputs. All in arenas of exactly the host's size.

#include <gtest/gtest.h>

#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/operator_resolver.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/model_case.h"

namespace earshot {
namespace {

using test::FieldReader;
using test::ModelCase;

// Whether the kernel is one for an operator of the model.
bool IsFor(const Kernel& kernel, const Model& model) {
  const Kernel* const kernels[] = {&kernel};
  const OperatorResolver resolver(kernels);
  for (size_t i = 0; i < model.operator_count(0); ++i) {
    if (resolver.Find(OperatorView(model, 0, i)) == 0) return true;
  }
  return false;
}

TEST(KernelsTest, EveryKernelGivesWhatTheHostFound) {
  constexpr size_t kMostKernels = 512;
  constexpr int kFewestCases = 3;
  static uint8_t cases[kMostKernels] =
      {};  // Counted up to kFewestCases. Too large for some stacks.
  const Span<const Kernel* const> kernels = AllKernels();
  ASSERT_LE(kernels.size(), kMostKernels);
  FieldReader data("kernels");
  while (!data.AtEnd()) {
    ModelCase kernel_case(data);
    ASSERT_TRUE(kernel_case.fits()) << kernel_case.name();
    ASSERT_TRUE(kernel_case.loaded()) << kernel_case.name();
    // Most are of one operator, and run with its kernel alone.
    const bool is_single =
        kernel_case.model().operator_count(0) == 1 && kernel_case.model().subgraph_count() == 1;
    for (size_t i = 0; i < kernels.size(); ++i) {
      if (!IsFor(*kernels[i], kernel_case.model())) continue;
      kernel_case.Run(OperatorResolver(is_single ? kernels.subspan(i, 1) : kernels));
      if (cases[i] < kFewestCases) ++cases[i];
    }
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  for (size_t i = 0; i < kernels.size(); ++i) {
    EXPECT_GE(cases[i], kFewestCases) << KernelSymbol(*kernels[i]);
  }
}

TEST(ModelsTest, OtherPeoplesModelsGiveTheRecordedOutputs) {
  FieldReader data("models");
  if (data.AtEnd() && data.error() == nullptr) {
    GTEST_SKIP() << "the data was made without the larger test data";
  }
  int run = 0;
  while (!data.AtEnd()) {
    ModelCase model_case(data);
    if (!model_case.fits()) continue;  // A board's RAM may be too small for it.
    ASSERT_TRUE(model_case.loaded()) << model_case.name();
    model_case.Run(AllKernelsResolver());
    ++run;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  testing::Test::RecordProperty("models", run);
  EXPECT_GE(run, 1);
}

}  // namespace
}  // namespace earshot
