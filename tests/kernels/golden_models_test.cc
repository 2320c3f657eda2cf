// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Whole models, all recorded inputs, each set of kernels: every output of TensorFlow Lite Micro,
// byte for byte where the model is int8, and within kRelativeTolerance where it is float.

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <string>
#include <tuple>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/kernel_sets.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::Text;

constexpr size_t kArenaBytes = 512 * 1024;
// The recorded values and ours differ where std::exp does, and in nothing else.
constexpr float kRelativeTolerance = 1e-5f;

// One file per input or output of the model, one row per run: "rand" + ".in" + "0" + ".npy".
std::vector<host::NpyArray> ReadArrays(const std::string& folder, const std::string& prefix,
                                       size_t count) {
  std::vector<host::NpyArray> arrays;
  for (size_t i = 0; i < count; ++i) {
    arrays.push_back(host::ReadNpy(folder + prefix + std::to_string(i) + ".npy"));
  }
  return arrays;
}

void ExpectEqual(const TensorView& found, const uint8_t* wanted, size_t row) {
  if (found.info.type != TensorType::FLOAT32) {
    EXPECT_EQ(std::memcmp(found.bytes.data(), wanted, found.bytes.size()), 0) << "row " << row;
    return;
  }
  const Span<float> values = found.as<float>();
  for (size_t i = 0; i < values.size(); ++i) {
    float value = 0.0f;
    std::memcpy(&value, wanted + i * sizeof(float), sizeof(float));
    EXPECT_NEAR(values[i], value, kRelativeTolerance * std::fabs(value) + 1e-30f)
        << "row " << row << " element " << i;
  }
}

using ModelAndKernels = std::tuple<const char*, const KernelSet*>;

class GoldenModelTest : public testing::TestWithParam<ModelAndKernels> {
 protected:
  static std::string ModelName() { return std::get<0>(GetParam()); }

  // From a fresh start, runs every row of "<set>.in<i>.npy" and compares with the same row of
  // "<set>.out<i>.npy".
  static void RunRows(Interpreter& interpreter, const std::string& set) {
    const std::string folder = test::SharedPath("golden/nn/" + ModelName() + "/");
    const auto inputs = ReadArrays(folder, set + ".in", interpreter.input_count());
    const auto outputs = ReadArrays(folder, set + ".out", interpreter.output_count());
    const size_t rows = inputs[0].shape[0];
    ASSERT_GT(rows, 0u);
    interpreter.ResetVariables();
    for (size_t row = 0; row < rows; ++row) {
      for (size_t i = 0; i < inputs.size(); ++i) {
        const Span<uint8_t> bytes = interpreter.input(i).bytes;
        ASSERT_EQ(inputs[i].bytes.size(), rows * bytes.size());
        std::memcpy(bytes.data(), inputs[i].bytes.data() + row * bytes.size(), bytes.size());
      }
      const Status status = interpreter.Invoke();
      ASSERT_TRUE(status.ok()) << Text(status);
      for (size_t i = 0; i < outputs.size(); ++i) {
        const TensorView output = interpreter.output(i);
        ASSERT_EQ(outputs[i].bytes.size(), rows * output.bytes.size());
        ExpectEqual(output, outputs[i].bytes.data() + row * output.bytes.size(), row);
      }
    }
  }
};

TEST_P(GoldenModelTest, GivesTheRecordedOutputs) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const KernelSet& set = *std::get<1>(GetParam());
  if (!set.is_available()) GTEST_SKIP() << "this processor has no " << set.name;
  const AlignedBytes file(test::ReadBytes(test::SharedPath("models/" + ModelName() + ".tflite")));
  Model model;
  Status status = Model::Load(file.span(), &model);
  ASSERT_TRUE(status.ok()) << Text(status);
  AlignedBytes arena(kArenaBytes);
  Interpreter interpreter(model, set.kernels, arena.span());
  status = interpreter.AllocateTensors();
  ASSERT_TRUE(status.ok()) << Text(status);
  RecordProperty("arena_bytes", static_cast<int>(interpreter.arena_used_bytes()));
  RunRows(interpreter, "rand");
  // Not all have recordings of real inputs.
  if (ModelName() != "keyword_scrambled_8bit" && ModelName() != "kws_ref_model" &&
      ModelName() != "simple_add") {
    RunRows(interpreter, "real");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Models, GoldenModelTest,
    testing::Combine(testing::Values("ad01_int8", "hello_world_float", "hello_world_int8",
                                     "keyword_scrambled_8bit", "kws_ref_model",
                                     "micro_speech_quantized", "mww_v1_okay_nabu",
                                     "mww_v2_hey_jarvis", "mww_v2_okay_nabu", "mww_v2_vad",
                                     "person_detect", "pretrainedResnet_quant", "simple_add",
                                     "str_ww_ref_model"),
                     testing::ValuesIn(KernelSets().begin(), KernelSets().end())),
    [](const auto& parameter) {
      return std::string(std::get<0>(parameter.param)) + "_" + std::get<1>(parameter.param)->name;
    });

// There are no recordings of it: TensorFlow Lite Micro refuses it.
TEST(HybridModelTest, Runs) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const AlignedBytes file(test::ReadBytes(test::SharedPath("models/kws_ref_model_float32.tflite")));
  Model model;
  Status status = Model::Load(file.span(), &model);
  ASSERT_TRUE(status.ok()) << Text(status);
  AlignedBytes arena(kArenaBytes);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  status = interpreter.AllocateTensors();
  ASSERT_TRUE(status.ok()) << Text(status);
  EXPECT_TRUE(interpreter.Invoke().ok());
}

}  // namespace
}  // namespace earshot
