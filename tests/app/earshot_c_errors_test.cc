// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the C interface of the parts and of groups refuses, and that it says so.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/earshot_parts.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

std::string TextOf(const earshot_status& status) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  return earshot_status_text(&status, text, sizeof(text));
}

TEST(FeaturesCErrorsTest, NullPointers) {
  AlignedBytes memory(earshot_features_bytes());
  earshot_features* features = nullptr;
  ASSERT_EQ(earshot_features_create(20, memory.span().data(), memory.size(), &features).code,
            EARSHOT_OK);
  const int16_t sample = 0;
  size_t consumed = 0;
  const uint16_t* frame = nullptr;
  EXPECT_EQ(TextOf(earshot_features_feed(features, &sample, 1, nullptr, &frame)),
            "invalid argument: consumed is null");
  EXPECT_EQ(TextOf(earshot_features_feed(features, &sample, 1, &consumed, nullptr)),
            "invalid argument: frame is null");
  EXPECT_EQ(TextOf(earshot_features_feed(features, nullptr, 1, &consumed, &frame)),
            "invalid argument: samples is null, count is not 0");
  EXPECT_EQ(earshot_features_feed(features, nullptr, 0, &consumed, &frame).code, EARSHOT_OK);
  EXPECT_EQ(frame, nullptr);
}

class PartsCErrorsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    model_.struct_bytes = sizeof(model_);
    model_.bytes = file_.span().data();
    model_.size = file_.size();
    model_.kernels = earshot_all_kernels();
    model_.labels = kNames;
    model_.label_count = test::kStreamingLabels;
    model_.config = &config_;
    config_.struct_bytes = sizeof(config_);
    ASSERT_EQ(earshot_default_config(&config_).code, EARSHOT_OK);
    config_.strides_per_inference = test::kStreamingNewFrames;
  }

  earshot_status CreateInterpreter() {
    return earshot_interpreter_create(&model_, memory_.span().data(), memory_.size(),
                                      &interpreter_);
  }
  earshot_status CreateGroup(size_t count) {
    const std::vector<const earshot_model*> models(count, &model_);
    return earshot_group_create(models.data(), count, 0, memory_.span().data(), memory_.size(),
                                &group_);
  }

  static constexpr const char* kNames[] = {"a", "b", "c"};
  AlignedBytes file_ = test::StreamingModel().Build();
  earshot_config config_ = {};
  earshot_model model_ = {};
  AlignedBytes memory_{size_t{1} << 16};
  uint8_t* const misaligned_ = memory_.span().data() + 4;
  earshot_interpreter* interpreter_ = nullptr;
  earshot_group* group_ = nullptr;
};

TEST_F(PartsCErrorsTest, InterpreterWithoutPlaceForTheAnswer) {
  EXPECT_EQ(TextOf(earshot_interpreter_bytes(&model_, nullptr, 0, nullptr)),
            "invalid argument: bytes is null");
  EXPECT_EQ(TextOf(earshot_interpreter_create(&model_, nullptr, 0, nullptr)),
            "invalid argument: interpreter is null");
}

TEST_F(PartsCErrorsTest, InterpreterInMisalignedMemory) {
  size_t bytes = 1;
  EXPECT_EQ(earshot_interpreter_bytes(&model_, misaligned_, 100, &bytes).code,
            EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(bytes, 0u);
  EXPECT_EQ(earshot_interpreter_create(&model_, misaligned_, 4096, &interpreter_).code,
            EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(interpreter_, nullptr);
}

TEST_F(PartsCErrorsTest, InterpreterOfADamagedModel) {
  file_.span()[4] = 'X';  // The file identifier.
  EXPECT_EQ(CreateInterpreter().code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(interpreter_, nullptr);
}

TEST_F(PartsCErrorsTest, InterpreterTakesAnOrder) {
  const uint16_t placed[] = {2, 1};
  model_.placed_first = placed;
  model_.placed_first_count = 2;
  ASSERT_EQ(CreateInterpreter().code, EARSHOT_OK);
  EXPECT_EQ(earshot_interpreter_invoke(interpreter_).code, EARSHOT_OK);
}

TEST_F(PartsCErrorsTest, NoInterpreter) {
  earshot_tensor tensor = {};
  tensor.struct_bytes = sizeof(tensor);
  EXPECT_EQ(TextOf(earshot_interpreter_input(nullptr, 0, &tensor)),
            "invalid argument: interpreter is null");
  EXPECT_EQ(earshot_interpreter_output_count(nullptr), 0u);
  EXPECT_STREQ(earshot_interpreter_operator(nullptr, 0), "");
  EXPECT_EQ(TextOf(earshot_interpreter_set_profiler(nullptr, nullptr)),
            "invalid argument: interpreter is null");
}

TEST_F(PartsCErrorsTest, ProfilerOfALaterVersion) {
  ASSERT_EQ(CreateInterpreter().code, EARSHOT_OK);
  struct {
    earshot_profiler known = {};
    uint8_t added[8] = {};
  } later;
  later.known.struct_bytes = sizeof(later);
  EXPECT_EQ(earshot_interpreter_set_profiler(interpreter_, &later.known).code, EARSHOT_OK);
  later.added[3] = 1;
  EXPECT_EQ(earshot_interpreter_set_profiler(interpreter_, &later.known).code, EARSHOT_UNSUPPORTED);
}

// A scale for each channel is none that this struct could hold.
TEST(InterpreterCTensorTest, CustomOperatorWithScalesByChannel) {
  test::ModelBuilder builder;
  const int in = builder.AddTensor({{1, 2}, test::TensorType::INT8, {0.5f, 0.25f}, {0, 0}, {}, 1});
  const int out = builder.AddTensor({{1, 2}, test::TensorType::INT8, {0.5f}, {0}});
  builder.AddCustomOperator("Mine", {in}, {out});
  builder.SetInputs({in});
  builder.SetOutputs({out});
  const AlignedBytes file = builder.Build();
  static constexpr Kernel kMine = {KernelKey::Custom("Mine"),
                                   [](PrepareContext&) { return Verdict::Ok(); },
                                   [](const InvokeContext&) {}};
  static constexpr const Kernel* kKernels[] = {&kMine};
  static constexpr OperatorResolver kResolver(kKernels);
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.bytes = file.span().data();
  model.size = file.size();
  model.kernels = reinterpret_cast<const earshot_kernels*>(&kResolver);
  AlignedBytes memory(size_t{1} << 14);
  earshot_interpreter* interpreter = nullptr;
  ASSERT_EQ(
      earshot_interpreter_create(&model, memory.span().data(), memory.size(), &interpreter).code,
      EARSHOT_OK);
  earshot_tensor tensor = {};
  tensor.struct_bytes = sizeof(tensor);
  ASSERT_EQ(earshot_interpreter_input(interpreter, 0, &tensor).code, EARSHOT_OK);
  EXPECT_EQ(tensor.scale, 0.0f);
  ASSERT_EQ(earshot_interpreter_output(interpreter, 0, &tensor).code, EARSHOT_OK);
  EXPECT_EQ(tensor.scale, 0.5f);
  EXPECT_STREQ(earshot_interpreter_operator(interpreter, 0), "Mine");
}

TEST_F(PartsCErrorsTest, GroupWithoutPlaceForTheAnswer) {
  const earshot_model* const models[] = {&model_};
  EXPECT_EQ(TextOf(earshot_group_bytes(models, 1, 0, nullptr, 0, nullptr)),
            "invalid argument: bytes is null");
  EXPECT_EQ(TextOf(earshot_group_create(models, 1, 0, nullptr, 0, nullptr)),
            "invalid argument: group is null");
}

TEST_F(PartsCErrorsTest, GroupInMisalignedMemory) {
  const earshot_model* const models[] = {&model_};
  size_t bytes = 1;
  EXPECT_EQ(earshot_group_bytes(models, 1, 0, misaligned_, 100, &bytes).code,
            EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(bytes, 0u);
  EXPECT_EQ(earshot_group_create(models, 1, 0, misaligned_, 4096, &group_).code,
            EARSHOT_INVALID_ARGUMENT);
}

// More models than a group can have: none of them is looked at, and nothing is written.
TEST_F(PartsCErrorsTest, GroupOfTooManyModels) {
  for (uint8_t& byte : memory_.span()) byte = 0xA5;
  EXPECT_EQ(TextOf(CreateGroup(EARSHOT_MOST_MODELS + 1)),
            "invalid argument: models: found 33, wanted 32");
  EXPECT_EQ(TextOf(CreateGroup(1000)), "invalid argument: models: found 1000, wanted 32");
  EXPECT_EQ(group_, nullptr);
  for (const uint8_t byte : memory_.span()) ASSERT_EQ(byte, 0xA5);
}

TEST_F(PartsCErrorsTest, GroupOfAModelThatIsWrong) {
  config_.struct_bytes = 3;
  EXPECT_EQ(CreateGroup(1).code, EARSHOT_INVALID_ARGUMENT);
  config_.struct_bytes = sizeof(config_);
  file_.span()[4] = 'X';  // The file identifier.
  EXPECT_EQ(CreateGroup(1).code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(group_, nullptr);
}

// What nobody has set is not taken for a size.
TEST_F(PartsCErrorsTest, StructsOfAbsurdSizes) {
  config_.struct_bytes = 5000;
  EXPECT_EQ(CreateGroup(1).code, EARSHOT_INVALID_ARGUMENT);
  config_.struct_bytes = sizeof(config_);
  model_.struct_bytes = 5000;
  EXPECT_EQ(CreateInterpreter().code, EARSHOT_INVALID_ARGUMENT);
}

TEST_F(PartsCErrorsTest, GroupThatIsFedNothing) {
  ASSERT_EQ(CreateGroup(1).code, EARSHOT_OK);
  earshot_result result = {};
  result.struct_bytes = sizeof(result);
  size_t model = 0;
  EXPECT_EQ(TextOf(earshot_group_feed(group_, nullptr, 0, &result, nullptr)),
            "invalid argument: model is null");
  EXPECT_EQ(TextOf(earshot_group_feed(group_, nullptr, 1, &result, &model)),
            "invalid argument: samples is null, count is not 0");
  EXPECT_EQ(earshot_group_feed(group_, nullptr, 0, &result, &model).code, EARSHOT_OK);
}

TEST_F(PartsCErrorsTest, SpotterInMisalignedLentMemory) {
  size_t bytes = 1;
  EXPECT_EQ(earshot_spotter_bytes(&model_, misaligned_, 100, &bytes).code,
            EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(bytes, 0u);
}

TEST(StatusCTextTest, NoPlaceAndNoText) {
  earshot_status status = {};
  status.code = EARSHOT_INVALID_ARGUMENT;
  char text[EARSHOT_STATUS_TEXT_BYTES] = "x";
  EXPECT_STREQ(earshot_status_text(&status, nullptr, 8), "");
  EXPECT_STREQ(earshot_status_text(&status, text, 0), "");
  EXPECT_STREQ(earshot_status_text(&status, text, sizeof(text)), "invalid argument: ");
}

}  // namespace
}  // namespace earshot
