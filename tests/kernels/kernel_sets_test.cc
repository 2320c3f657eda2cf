// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The list of kernels, and what comes of it: sets, names, keys.

#include "earshot/kernels/kernel_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>

#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/kernels.h"

namespace earshot {
namespace {

bool IsEqual(const KernelKey& a, const KernelKey& b) {
  const auto name = [](const KernelKey& key) {
    return std::string(key.custom_name == nullptr ? "" : key.custom_name);
  };
  return a.op() == b.op() && name(a) == name(b) &&
         std::equal(std::begin(a.types), std::end(a.types), std::begin(b.types)) &&
         std::equal(std::begin(a.places), std::end(a.places), std::begin(b.places));
}

// Whether there may be an operator that both are for.
bool Overlap(const KernelKey& a, const KernelKey& b) {
  const auto same = [](TensorType x, TensorType y) {
    return x == kAnyType || y == kAnyType || x == y;
  };
  return a.op() == b.op() && a.op() != BuiltinOperator::CUSTOM &&
         std::equal(std::begin(a.types), std::end(a.types), std::begin(b.types), same);
}

TEST(KernelListTest, NoTwoKernelsAreForTheSameOperator) {
  const Span<const Kernel* const> kernels = AllKernels();
  for (size_t i = 0; i < kernels.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      EXPECT_FALSE(Overlap(kernels[i]->key, kernels[j]->key))
          << KernelSymbol(*kernels[i]) << ", " << KernelSymbol(*kernels[j]);
    }
  }
}

TEST(KernelListTest, EveryKernelHasItsOwnName) {
  EXPECT_STREQ(KernelSymbol(kernels::kAddInt8), "kernels::kAddInt8");
  EXPECT_STREQ(KernelSymbol(kernels::kConv2DInt8), "kernels::kConv2DInt8");
  EXPECT_EQ(KernelSymbol(reference::kConv2DInt8), nullptr);
  for (const Kernel* kernel : AllKernels()) ASSERT_NE(KernelSymbol(*kernel), nullptr);
}

TEST(KernelSetsTest, EachHasEveryKernelAndSomeThatAreItsOwn) {
  ASSERT_GE(KernelSets().size(), 2u);
  const OperatorResolver& reference = KernelSets()[0]->kernels;
  const OperatorResolver* slower = nullptr;
  for (const KernelSet* set : KernelSets()) {
    ASSERT_EQ(set->kernels.size(), AllKernels().size()) << set->name;
    int own = 0;
    for (size_t i = 0; i < reference.size(); ++i) {
      const Kernel& kernel = set->kernels.kernel(i);
      EXPECT_TRUE(IsEqual(kernel.key, reference.kernel(i).key))
          << set->name << ", " << KernelSymbol(*AllKernels()[i]);
      if (std::strcmp(ImplementationName(kernel), set->name) == 0) ++own;
      if (slower != nullptr && std::strcmp(ImplementationName(kernel), set->name) != 0) {
        EXPECT_EQ(&kernel, &slower->kernel(i)) << set->name;
      }
    }
    EXPECT_GT(own, 0) << set->name;
    slower = &set->kernels;
  }
}

TEST(KernelSetsTest, DevicesHaveThePortableKernels) {
  const KernelSet* portable = FindKernelSet("portable");
  ASSERT_NE(portable, nullptr);
  for (size_t i = 0; i < AllKernels().size(); ++i) {
    EXPECT_EQ(AllKernels()[i], &portable->kernels.kernel(i));
    EXPECT_EQ(AllKernels()[i], &DeviceKernelsResolver().kernel(i));
  }
  EXPECT_NE(kernels::kConv2DInt8.invoke, reference::kConv2DInt8.invoke);
  EXPECT_EQ(&kernels::kAddInt8, &reference::kAddInt8);
}

TEST(KernelSetsTest, AreFoundByNameWhereTheProcessorHasThem) {
  EXPECT_EQ(FindKernelSet("reference"), KernelSets()[0]);
  EXPECT_EQ(FindKernelSet("nothing"), nullptr);
  EXPECT_EQ(FindKernelSet(""), nullptr);
  for (const KernelSet* set : KernelSets()) {
    EXPECT_EQ(FindKernelSet(set->name), set->is_available() ? set : nullptr) << set->name;
  }
}

TEST(KernelSetsTest, WhatIsChosenStaysChosen) {
  const KernelSet& chosen = ChosenKernelSet();
  EXPECT_TRUE(chosen.is_available());
  EXPECT_EQ(&ChosenKernelSet(), &chosen);
  EXPECT_EQ(&AllKernelsResolver(), &chosen.kernels);
}

TEST(KernelSetsTest, TellWhichFolderAKernelComesFrom) {
  EXPECT_STREQ(ImplementationName(kernels::kConv2DInt8), "portable");
  EXPECT_STREQ(ImplementationName(reference::kConv2DInt8), "reference");
  EXPECT_STREQ(ImplementationName(kernels::kAddInt8), "reference");
  const Kernel other = kernels::kAddInt8;
  EXPECT_EQ(ImplementationName(other), nullptr);
}

}  // namespace
}  // namespace earshot
