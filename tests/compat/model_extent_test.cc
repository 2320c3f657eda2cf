// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "model_extent.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "earshot/runtime/model.h"
#include "tests/compat/sine_model.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

using tflm::ModelExtent;

// The end of a file is its alignment's, or a field's that nobody reads: what is in front of it must
// be a model for the verifier.
void ExpectWhole(Span<const uint8_t> file, const std::string& name) {
  const size_t extent = ModelExtent(file.data());
  EXPECT_LE(extent, file.size()) << name;
  // Exactly so long, so that a sanitizer sees a read behind it.
  const AlignedBytes front(file.subspan(0, extent));
  Model model;
  const Status of_file = Model::Load(file, &model);
  EXPECT_EQ(Model::Load(front.span(), &model).code, of_file.code) << name;
  if (extent == 0) return;
  const AlignedBytes shorter(file.subspan(0, extent - 1));
  EXPECT_FALSE(Model::Load(shorter.span(), &model).ok()) << name;
}

TEST(ModelExtentTest, EndsWhereTheVerifierStillFindsAModel) {
  ExpectWhole(SineModel().Build().span(), "sine");
  for (const char* const name : {"tiny_conv_yes_no", "yes_no_streaming", "commands_7"}) {
    const std::vector<uint8_t> bytes =
        ReadBytes(SourcePath(std::string("models/") + name + "/model.tflite"));
    ExpectWhole(AlignedBytes(bytes).span(), name);
  }
}

TEST(ModelExtentTest, EndsSoForOtherPeoplesModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  int models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SharedPath("models"))) {
    if (entry.path().extension() != ".tflite") continue;
    ++models;
    ExpectWhole(AlignedBytes(ReadBytes(entry.path().string())).span(),
                entry.path().filename().string());
  }
  EXPECT_GT(models, 10);
}

TEST(ModelExtentTest, IsTheSameAtAnyAddress) {
  const AlignedBytes file = SineModel().Build();
  const size_t extent = ModelExtent(file.span().data());
  std::vector<uint8_t> moved(file.size() + 16);
  for (size_t shift = 0; shift < 16; ++shift) {
    std::copy(file.span().begin(), file.span().end(),
              moved.begin() + static_cast<ptrdiff_t>(shift));
    EXPECT_EQ(ModelExtent(moved.data() + shift), extent) << shift;
  }
}

TEST(ModelExtentTest, IsNothingForWhatIsNoModel) {
  AlignedBytes file = SineModel().Build();
  file.span()[4] = 'X';
  EXPECT_EQ(ModelExtent(file.span().data()), 0u);
}

}  // namespace
}  // namespace earshot::test
