// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Single operators of models that remember: each is put into a model of its own, with the
// parameters of the file it comes from, and must turn the recorded inputs into the recorded
// outputs, byte for byte.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

constexpr int kInvocations = 3;

test::TensorSpec Copy(const TensorInfo& tensor) {
  return {{tensor.shape.begin(), tensor.shape.end()},   tensor.type,
          {tensor.scales.begin(), tensor.scales.end()}, test::ZeroPoints(tensor),
          {tensor.data.begin(), tensor.data.end()},     tensor.quantized_dimension};
}

// The options of the operators that this test knows; all of them have no activation in these files.
bool OptionsOf(BuiltinOperator op, test::OperatorOptions* options) {
  *options = {};
  if (op == BuiltinOperator::ADD) *options = test::AddOptions();
  if (op == BuiltinOperator::MUL) *options = test::MulOptions();
  return op == BuiltinOperator::ADD || op == BuiltinOperator::MUL ||
         op == BuiltinOperator::LOGISTIC || op == BuiltinOperator::QUANTIZE;
}

class GoldenOperatorsTest : public testing::TestWithParam<const char*> {
 protected:
  // The recorded contents of a tensor, or nothing where there is no recording.
  std::vector<uint8_t> Recorded(int invocation, int32_t tensor) const {
    const std::string folder = test::SharedPath(std::string("golden/nn/") + GetParam() + "/inter/");
    const std::string tail = "_t" + std::to_string(tensor) + ".npy";
    for (const auto& row : test::ReadTsv(folder + "index.tsv")) {
      const std::string& suffix = row[0];
      if (suffix.size() < tail.size() ||
          suffix.compare(suffix.size() - tail.size(), tail.size(), tail) != 0) {
        continue;
      }
      const std::string path = folder + "inv" + std::to_string(invocation) + "." + suffix;
      if (std::filesystem::exists(path)) return host::ReadNpy(path).bytes;
    }
    return {};
  }

  // Returns whether there was all that it takes to check operator `index`.
  bool CheckOperator(const Model& model, size_t index, int invocation) const {
    const schema::Operator& op = model.op(0, index);
    const BuiltinOperator code = model.operator_code(op);
    test::OperatorOptions options;
    if (!OptionsOf(code, &options)) return false;
    test::ModelBuilder builder;
    std::vector<int32_t> inputs, given;
    std::vector<std::vector<uint8_t>> values;
    for (const int32_t tensor : Model::Indices(op.inputs())) {
      const TensorInfo info = model.tensor(0, static_cast<size_t>(tensor));
      inputs.push_back(builder.AddTensor(Copy(info)));
      if (info.is_constant()) continue;
      given.push_back(inputs.back());
      values.push_back(Recorded(invocation, tensor));
      if (values.back().size() != info.bytes) return false;
    }
    const int32_t output_tensor = Model::Indices(op.outputs())[0];
    const int output = builder.AddTensor(Copy(model.tensor(0, static_cast<size_t>(output_tensor))));
    builder.AddOperator(code, inputs, {output}, options);
    builder.SetInputs(given);
    builder.SetOutputs({output});
    const test::RunResult result = test::RunModel(builder, values);
    EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
    if (!result.status.ok()) return true;
    EXPECT_EQ(result.outputs[0], Recorded(invocation, output_tensor))
        << schema::EnumNameBuiltinOperator(code) << ", operator " << index;
    return true;
  }
};

TEST_P(GoldenOperatorsTest, GiveTheRecordedOutputs) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const AlignedBytes file(
      test::ReadBytes(test::SharedPath(std::string("models/") + GetParam() + ".tflite")));
  Model model;
  const Status status = Model::Load(file.span(), &model);
  ASSERT_TRUE(status.ok()) << test::Text(status);
  int checked = 0;
  for (int invocation = 0; invocation < kInvocations; ++invocation) {
    for (size_t i = 0; i < model.operator_count(0); ++i) {
      if (CheckOperator(model, i, invocation)) ++checked;
    }
  }
  EXPECT_GT(checked, 0);
  RecordProperty("operators", checked);
}

INSTANTIATE_TEST_SUITE_P(Models, GoldenOperatorsTest,
                         testing::Values("mww_v1_okay_nabu", "mww_v2_hey_jarvis",
                                         "mww_v2_okay_nabu"),
                         [](const auto& parameter) { return std::string(parameter.param); });

}  // namespace
}  // namespace earshot
