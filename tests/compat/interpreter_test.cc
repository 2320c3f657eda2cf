// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_interpreter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "tensorflow/lite/micro/micro_profiler.h"
#include "tensorflow/lite/micro/recording_micro_interpreter.h"
#include "tests/compat/all_operators.h"
#include "tests/compat/log.h"
#include "tests/compat/micro_model.h"
#include "tests/compat/sine_model.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr size_t kGenerous = size_t{1} << 16;

class MicroInterpreterTest : public testing::Test {
 protected:
  MicroInterpreterTest() : file_(SineModel().Build()), arena_(kGenerous) {
    resolver_.AddFullyConnected();
    TakeLog();
  }

  const tflite::Model* model() const { return ModelIn(file_); }
  uint8_t* arena() { return arena_.span().data(); }

  AlignedBytes file_;
  AlignedBytes arena_;
  tflite::MicroMutableOpResolver<1> resolver_;
};

TEST_F(MicroInterpreterTest, ShowsTheModel) {
  EXPECT_EQ(model()->version(), static_cast<uint32_t>(TFLITE_SCHEMA_VERSION));
  ASSERT_EQ(model()->subgraphs()->size(), 1u);
  EXPECT_EQ(model()->subgraphs()->Get(0)->operators()->size(), 2u);
  EXPECT_EQ(flatbuffers::GetRoot<tflite::Model>(file_.span().data())->version(), 3u);
  EXPECT_EQ(model()->subgraphs()->Get(0)->tensors()->Get(0)->type(), tflite::TensorType_INT8);
  flatbuffers::Verifier verifier(file_.span().data(), file_.size());
  EXPECT_TRUE(tflite::VerifyModelBuffer(verifier));
}

TEST_F(MicroInterpreterTest, DescribesInputsAndOutputs) {
  tflite::MicroInterpreter interpreter(model(), resolver_, arena(), kGenerous);
  ASSERT_EQ(interpreter.initialization_status(), kTfLiteOk);
  EXPECT_EQ(interpreter.arena_used_bytes(), 0u);
  EXPECT_EQ(interpreter.input(0), nullptr);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk) << TakeLog();
  EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
  ASSERT_EQ(interpreter.inputs_size(), 1u);
  ASSERT_EQ(interpreter.outputs_size(), 1u);
  const TfLiteTensor* const input = interpreter.input(0);
  ASSERT_NE(input, nullptr);
  EXPECT_EQ(input->type, kTfLiteInt8);
  EXPECT_STREQ(TfLiteTypeGetName(input->type), "INT8");
  ASSERT_EQ(input->dims->size, 2);
  EXPECT_EQ(input->dims->data[1], 1);
  EXPECT_EQ(input->bytes, 1u);
  EXPECT_FLOAT_EQ(input->params.scale, static_cast<float>(2 * 3.14159265358979 / 255));
  EXPECT_EQ(input->params.zero_point, -128);
  ASSERT_EQ(input->quantization.type, kTfLiteAffineQuantization);
  const auto& affine = *static_cast<const TfLiteAffineQuantization*>(input->quantization.params);
  ASSERT_EQ(affine.scale->size, 1);
  EXPECT_EQ(affine.scale->data[0], input->params.scale);
  ASSERT_EQ(affine.zero_point->size, 1);
  EXPECT_EQ(affine.zero_point->data[0], -128);
  EXPECT_EQ(interpreter.typed_input_tensor<int8_t>(0), input->data.int8);
  EXPECT_EQ(interpreter.typed_input_tensor<float>(0), nullptr);
  EXPECT_EQ(interpreter.typed_output_tensor<int8_t>(0), interpreter.output(0)->data.int8);
  EXPECT_EQ(interpreter.input(1), nullptr);
  EXPECT_EQ(interpreter.output(1), nullptr);
}

TEST_F(MicroInterpreterTest, ComputesTheSine) {
  tflite::MicroInterpreter interpreter(model(), resolver_, arena(), kGenerous);
  std::vector<std::vector<uint8_t>> inputs;
  for (int i = 0; i < 256; ++i) inputs.push_back({static_cast<uint8_t>(i)});
  const auto expected = RunByEarshot(file_.span(), inputs, AllKernelsResolver());
  ASSERT_EQ(interpreter.Invoke(), kTfLiteOk);  // Allocates as well.
  for (int i = 0; i < 256; ++i) {
    EXPECT_EQ(RunOn(interpreter, inputs[static_cast<size_t>(i)]), expected[static_cast<size_t>(i)]);
    const TfLiteTensor& in = *interpreter.input(0);
    const TfLiteTensor& out = *interpreter.output(0);
    const int quantized = static_cast<int8_t>(inputs[static_cast<size_t>(i)][0]);
    const double x = (quantized - in.params.zero_point) * double{in.params.scale};
    EXPECT_NEAR(out.data.int8[0] * double{out.params.scale}, std::sin(x), 0.06);
  }
}

TEST_F(MicroInterpreterTest, WorksInAsMuchAsItSaysAndNotInLess) {
  size_t used = 0;
  for (const size_t offset : {0, 4, 15}) {
    {
      tflite::MicroInterpreter interpreter(model(), resolver_, arena() + offset, kGenerous - 16);
      ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
      used = interpreter.arena_used_bytes();
    }
    // So that a sanitizer sees who goes beyond it.
    AlignedBytes exact(offset + used);
    tflite::MicroInterpreter enough(model(), resolver_, exact.span().data() + offset, used);
    EXPECT_EQ(enough.AllocateTensors(), kTfLiteOk) << TakeLog();
    EXPECT_EQ(enough.arena_used_bytes(), used);
    EXPECT_EQ(RunOn(enough, {0}), RunByEarshot(file_.span(), {{0}}, AllKernelsResolver())[0]);
    tflite::MicroInterpreter too_small(model(), resolver_, exact.span().data() + offset, used - 1);
    TakeLog();
    EXPECT_EQ(too_small.AllocateTensors(), kTfLiteError);
    EXPECT_NE(TakeLog().find("arena too small"), std::string::npos);
  }
}

TEST_F(MicroInterpreterTest, SaysWhatATooSmallArenaWants) {
  size_t used = 0;
  {
    tflite::MicroInterpreter interpreter(model(), resolver_, arena(), kGenerous);
    ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
    used = interpreter.arena_used_bytes();
  }
  for (size_t size = 0; size < used; ++size) {
    AlignedBytes exact(size);
    tflite::MicroInterpreter interpreter(model(), resolver_, exact.span().data(), size);
    EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteError) << size;
    EXPECT_NE(TakeLog(), "");
  }
  tflite::MicroInterpreter last(model(), resolver_, arena(), used - 16);
  EXPECT_EQ(last.AllocateTensors(), kTfLiteError);
  EXPECT_EQ(TakeLog(), "arena too small: arena: size: found " + std::to_string(used - 16) +
                           ", wanted " + std::to_string(used) + " bytes\r\n");
}

TEST_F(MicroInterpreterTest, RunsModelsAtAnyAddressAndCopiesOnlyThoseAtOddOnes) {
  const auto expected = RunByEarshot(file_.span(), {{200}}, AllKernelsResolver())[0];
  tflite::MicroInterpreter aligned(model(), resolver_, arena(), kGenerous);
  ASSERT_EQ(aligned.AllocateTensors(), kTfLiteOk);
  std::vector<uint32_t> words(file_.size() / 4 + 8);
  void* const begin = words.data();
  auto* const bytes = static_cast<uint8_t*>(begin);
  for (size_t shift = 0; shift < 16; ++shift) {
    std::copy(file_.span().begin(), file_.span().end(), bytes + shift);
    AlignedBytes arena(kGenerous);
    tflite::MicroInterpreter interpreter(tflite::GetModel(bytes + shift), resolver_,
                                         arena.span().data(), arena.size());
    ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk) << shift << TakeLog();
    EXPECT_EQ(RunOn(interpreter, {200}), expected) << shift;
    if (shift % 4 == 0) {
      EXPECT_EQ(interpreter.arena_used_bytes(), aligned.arena_used_bytes()) << shift;
    } else {
      EXPECT_GT(interpreter.arena_used_bytes(), aligned.arena_used_bytes() + file_.size() - 16);
    }
  }
}

TEST_F(MicroInterpreterTest, VerifiesModelsAtAnyAddress) {
  ModelBuilder builder;
  const int input = builder.AddTensor({{4}, TensorType::INT8, {1.0f}, {0}});
  const int output = builder.AddTensor({{4}, TensorType::INT8, {1.0f}, {128}});
  builder.AddOperator(BuiltinOperator::RELU, {input}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  const AlignedBytes file = builder.Build();
  std::vector<uint32_t> words(file.size() / 4 + 8);
  void* const begin = words.data();
  auto* const bytes = static_cast<uint8_t*>(begin);
  tflite::MicroMutableOpResolver<1> resolver;
  resolver.AddRelu();
  for (size_t shift = 0; shift < 16; ++shift) {
    std::copy(file.span().begin(), file.span().end(), bytes + shift);
    tflite::MicroInterpreter interpreter(tflite::GetModel(bytes + shift), resolver, arena(),
                                         kGenerous);
    TakeLog();
    EXPECT_EQ(interpreter.AllocateTensors(), kTfLiteError);
    EXPECT_NE(TakeLog().find("zero point is too high"), std::string::npos) << shift;
  }
}

TEST_F(MicroInterpreterTest, SaysWhatIsMissing) {
  tflite::MicroMutableOpResolver<1> other;
  other.AddSoftmax();
  tflite::MicroInterpreter no_kernel(model(), other, arena(), kGenerous);
  EXPECT_EQ(no_kernel.AllocateTensors(), kTfLiteError);
  EXPECT_NE(TakeLog().find("no kernel is registered for"), std::string::npos);
  EXPECT_EQ(no_kernel.Invoke(), kTfLiteError);

  tflite::MicroMutableOpResolver<1> floats;
  floats.AddFullyConnected(tflite::Register_FULLY_CONNECTED_FLOAT32());
  tflite::MicroInterpreter other_type(model(), floats, arena(), kGenerous);
  EXPECT_EQ(other_type.AllocateTensors(), kTfLiteError);
  EXPECT_NE(TakeLog().find("kernels are registered for other types only"), std::string::npos);

  tflite::MicroInterpreter no_arena(model(), resolver_, nullptr, size_t{0});
  EXPECT_EQ(no_arena.initialization_status(), kTfLiteError);
  EXPECT_EQ(no_arena.AllocateTensors(), kTfLiteError);
  EXPECT_EQ(no_arena.Invoke(), kTfLiteError);
  EXPECT_EQ(no_arena.input(0), nullptr);

  TakeLog();
  file_.span()[4] = 'X';
  tflite::MicroInterpreter no_model(model(), resolver_, arena(), kGenerous);
  EXPECT_EQ(no_model.AllocateTensors(), kTfLiteError);
  EXPECT_EQ(TakeLog(), "invalid model: model: not a model, or a damaged one\r\n");
}

TEST_F(MicroInterpreterTest, TellsAProfilerOfEachOperator) {
  class Tags : public tflite::MicroProfilerInterface {
   public:
    uint32_t BeginEvent(const char* tag) override {
      text += std::string("<") + tag;
      return ++count;
    }
    void EndEvent(uint32_t event) override { text += event == count ? ">" : "?"; }
    std::string text;
    uint32_t count = 0;
  } tags;
  tflite::MicroInterpreter interpreter(model(), resolver_, arena(), kGenerous, nullptr, &tags);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
  EXPECT_EQ(tags.text, "");
  ASSERT_EQ(interpreter.Invoke(), kTfLiteOk);
  EXPECT_EQ(tags.text, "<FULLY_CONNECTED><FULLY_CONNECTED>");
}

TEST_F(MicroInterpreterTest, LogsEvents) {
  tflite::MicroProfiler profiler;
  for (const char* const tag : {"A", "B", "A"}) profiler.EndEvent(profiler.BeginEvent(tag));
  { const tflite::ScopedMicroProfiler scope("C", &profiler); }
  profiler.Log();
  std::string log = TakeLog();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 4);
  profiler.LogTicksPerTagCsv();
  log = TakeLog();
  EXPECT_EQ(std::count(log.begin(), log.end(), '\n'), 5);  // With a header and a total.
  EXPECT_NE(log.find("\nA,"), std::string::npos);
  profiler.ClearEvents();
  EXPECT_EQ(profiler.GetTotalTicks(), 0u);
}

TEST_F(MicroInterpreterTest, PreservesTensorsOnRequest) {
  tflite::MicroInterpreter plain(model(), resolver_, arena(), kGenerous);
  ASSERT_EQ(plain.AllocateTensors(), kTfLiteOk);
  EXPECT_EQ(plain.GetTensor(0), nullptr);
  AlignedBytes memory(kGenerous);
  tflite::MicroInterpreter interpreter(model(), resolver_, memory.span().data(), kGenerous, nullptr,
                                       nullptr, true);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
  EXPECT_TRUE(interpreter.preserve_all_tensors());
  const uint8_t x = 100;
  ASSERT_EQ(RunOn(interpreter, {x}), RunOn(plain, {x}));
  EXPECT_EQ(interpreter.GetTensor(0)->data.uint8[0], x);  // The input, after Invoke().
  const TfLiteEvalTensor& bent = *interpreter.GetTensor(3);
  ASSERT_EQ(bent.dims->data[1], 16);
  for (int knot = 0; knot < 16; ++knot) {
    // In units of the input's scale, which is the layer's, too.
    const double expected = std::max(0.0, x + 128 - knot * 255.0 / 16) - 128;
    EXPECT_NEAR(bent.data.int8[knot], expected, 1.0) << knot;
  }
  EXPECT_NE(interpreter.GetTensor(1)->data.data, nullptr);  // A constant.
  EXPECT_EQ(interpreter.GetTensor(6), nullptr);
  EXPECT_EQ(interpreter.GetTensor(-1), nullptr);
}

TEST_F(MicroInterpreterTest, RecordsWhatTheArenaHolds) {
  tflite::RecordingMicroInterpreter interpreter(model(), resolver_, arena(), kGenerous);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk);
  const tflite::RecordingMicroAllocator& allocator = interpreter.GetMicroAllocator();
  EXPECT_EQ(allocator.used_bytes(), interpreter.arena_used_bytes());
  EXPECT_LE(allocator.persistent_bytes() + allocator.shared_bytes(), allocator.used_bytes());
  EXPECT_EQ(allocator.shared_bytes(), 32u);  // Input and hidden layer, then that and the output.
  TakeLog();
  allocator.PrintAllocations();
  EXPECT_NE(TakeLog().find(std::to_string(allocator.used_bytes()) + " bytes of 65536 used"),
            std::string::npos);
}

TEST(MicroInterpreterStateTest, VariablesLastUntilReset) {
  const AlignedBytes file = StreamingModel().Build();
  AlignedBytes arena(kGenerous);
  AllOperators resolver;
  AddAllOperators(resolver);
  tflite::MicroAllocator* const allocator =
      tflite::MicroAllocator::Create(arena.span().data(), arena.size());
  tflite::MicroResourceVariables* const variables =
      tflite::MicroResourceVariables::Create(allocator, 1);
  ASSERT_NE(variables, nullptr);
  tflite::MicroInterpreter interpreter(ModelIn(file), resolver, allocator, variables);
  ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk) << TakeLog();
  std::vector<std::vector<uint8_t>> inputs;
  for (uint32_t seed = 0; seed < 4; ++seed) {
    inputs.push_back(RandomBytes(interpreter.input(0)->bytes, seed));
  }
  const auto expected = RunByEarshot(file.span(), inputs, AllKernelsResolver());
  for (int round = 0; round < 2; ++round) {
    for (size_t i = 0; i < inputs.size(); ++i) {
      EXPECT_EQ(RunOn(interpreter, inputs[i]), expected[i]) << i;
    }
    EXPECT_EQ(interpreter.Reset(), kTfLiteOk);
  }
}

TEST(MicroInterpreterModelsTest, OtherPeoplesModelsGiveTheSameBits) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  AllOperators resolver;
  AddAllOperators(resolver);
  int models = 0;
  for (const auto& entry : std::filesystem::directory_iterator(SharedPath("models"))) {
    if (entry.path().extension() != ".tflite") continue;
    const AlignedBytes file(ReadBytes(entry.path().string()));
    Model model;
    ASSERT_TRUE(Model::Load(file.span(), &model).ok());
    AlignedBytes arena(size_t{1} << 20);
    tflite::MicroInterpreter interpreter(ModelIn(file), resolver, arena.span().data(),
                                         arena.size());
    ASSERT_EQ(interpreter.AllocateTensors(), kTfLiteOk) << entry << TakeLog();
    const size_t bytes = interpreter.input(0)->bytes;
    std::vector<std::vector<uint8_t>> inputs = {RandomBytes(bytes, 1), RandomBytes(bytes, 2)};
    if (interpreter.input(0)->type == kTfLiteFloat32) {
      inputs = {std::vector<uint8_t>(bytes), std::vector<uint8_t>(bytes)};
    }
    const auto expected = RunByEarshot(file.span(), inputs, DeviceKernelsResolver());
    for (size_t i = 0; i < inputs.size(); ++i) {
      EXPECT_EQ(RunOn(interpreter, inputs[i]), expected[i]) << entry;
    }
    // The arena that it tells is enough.
    AlignedBytes exact(interpreter.arena_used_bytes());
    tflite::MicroInterpreter again(ModelIn(file), resolver, exact.span().data(), exact.size());
    ASSERT_EQ(again.AllocateTensors(), kTfLiteOk) << entry << TakeLog();
    EXPECT_EQ(RunOn(again, inputs[0]), expected[0]) << entry;
    ++models;
  }
  EXPECT_GT(models, 10);
}

}  // namespace
}  // namespace earshot::test
