// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SOFTMAX and LOGISTIC on int8, to the bit: what TensorFlow Lite Micro made of recorded inputs
// (tests/golden/kernels), and checksums over whole ranges of inputs.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/crc32.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

constexpr int32_t kInt8Values = 256;

struct InputQuantization {
  float scale;
  int32_t zero_point;
};

// Runs one operator over rows of `depth` elements. No output where the operator is refused.
std::vector<int8_t> Probabilities(BuiltinOperator op, const InputQuantization& quantization,
                                  const std::vector<int8_t>& input, size_t depth) {
  const std::vector<int32_t> shape = {static_cast<int32_t>(input.size() / depth),
                                      static_cast<int32_t>(depth)};
  test::ModelBuilder builder;
  const int values =
      builder.AddTensor({shape, TensorType::INT8, {quantization.scale}, {quantization.zero_point}});
  const int output = builder.AddTensor({shape, TensorType::INT8, {1.0f / 256.0f}, {-128}});
  builder.AddOperator(
      op, {values}, {output},
      op == BuiltinOperator::SOFTMAX ? test::SoftmaxOptions() : test::OperatorOptions());
  builder.SetInputs({values});
  builder.SetOutputs({output});
  const test::RunResult result = test::RunModel(builder, {test::BytesOf(input)});
  EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
  return result.status.ok() ? result.As<int8_t>() : std::vector<int8_t>();
}

// The rows of tests/golden/kernels/index.tsv for one operator.
void CheckRecorded(BuiltinOperator op, const std::string& operator_name, size_t models) {
  size_t checked = 0;
  for (const auto& row : test::ReadTsv(test::GoldenPath("kernels/index.tsv"))) {
    if (row[0] != operator_name) continue;
    SCOPED_TRACE(row[1]);
    const std::string stem = test::GoldenPath("kernels/" + row[0] + "." + row[1]);
    const host::NpyArray input = host::ReadNpy(stem + ".in.npy");
    const host::NpyArray output = host::ReadNpy(stem + ".out.npy");
    ASSERT_EQ(input.shape.size(), 2u);
    EXPECT_EQ(Probabilities(op, {std::stof(row[2]), std::stoi(row[3])}, input.As<int8_t>(),
                            input.shape[1]),
              output.As<int8_t>());
    ++checked;
  }
  EXPECT_EQ(checked, models);
}

TEST(SoftmaxTest, GivesTheRecordedOutputs) {
  CheckRecorded(BuiltinOperator::SOFTMAX, "softmax", 5);
}

TEST(LogisticTest, GivesTheRecordedOutputs) {
  CheckRecorded(BuiltinOperator::LOGISTIC, "logistic", 3);
}

// The checksums below are not the kernels' own answers written down. They were computed by a
// separate program, with Python's unbounded integers, from a description of gemmlowp's formulas;
// it checked that no intermediate value left 32 bits, and gave every recorded output in
// tests/golden/kernels as well.

TEST(SoftmaxTest, EveryPairOfInputsHasTheFrozenChecksum) {
  std::vector<int8_t> pairs;
  for (int32_t a = INT8_MIN; a <= INT8_MAX; ++a) {
    for (int32_t b = INT8_MIN; b <= INT8_MAX; ++b) {
      pairs.push_back(static_cast<int8_t>(a));
      pairs.push_back(static_cast<int8_t>(b));
    }
  }
  const auto checksum = [&](float scale) {
    return test::Crc32(Probabilities(BuiltinOperator::SOFTMAX, {scale, 0}, pairs, 2));
  };
  EXPECT_EQ(checksum(0.1f), 0xF8094349u);
  EXPECT_EQ(checksum(0.0125187514f), 0xE107C25Eu);  // person_detect's.
}

// Sums of up to a hundred exponentials: input i of row r is (r * (i + 1)) mod 256 - 128.
TEST(SoftmaxTest, LongRowsHaveTheFrozenChecksum) {
  constexpr int32_t kDepth = 100;
  std::vector<int8_t> rows;
  for (int32_t row = 0; row < kInt8Values; ++row) {
    for (int32_t i = 0; i < kDepth; ++i) {
      rows.push_back(static_cast<int8_t>(row * (i + 1) % kInt8Values + INT8_MIN));
    }
  }
  const auto checksum = [&](float scale) {
    return test::Crc32(Probabilities(BuiltinOperator::SOFTMAX, {scale, 0}, rows, kDepth));
  };
  EXPECT_EQ(checksum(0.1f), 0xFADBFBACu);
  EXPECT_EQ(checksum(0.0125187514f), 0x494AD23Bu);
}

// Sums are rounded term by term to 2^-19: e^-13.4 is 0.8 of that and counts as one, 4,094 times.
// 256 / (1 + 4094 * 2^-19) = 254.02; were each term cut off instead, 255 steps would be left.
TEST(SoftmaxTest, TermsBelowTheSumsResolutionAreRounded) {
  constexpr size_t kLongest = 4095;
  std::vector<int8_t> row(kLongest, -7);
  row[0] = 127;
  std::vector<int8_t> expected(kLongest, -128);
  expected[0] = 254 - 128;
  EXPECT_EQ(Probabilities(BuiltinOperator::SOFTMAX, {0.1f, 0}, row, kLongest), expected);
}

std::vector<int8_t> EveryInt8() {
  std::vector<int8_t> values;
  for (int32_t value = INT8_MIN; value <= INT8_MAX; ++value) {
    values.push_back(static_cast<int8_t>(value));
  }
  return values;
}

TEST(LogisticTest, EveryInputHasTheFrozenChecksum) {
  const auto checksum = [&](const InputQuantization& quantization) {
    return test::Crc32(Probabilities(BuiltinOperator::LOGISTIC, quantization, EveryInt8(), 1));
  };
  // A model's, with saturation at both ends; and one where no input comes near the ends.
  EXPECT_EQ(checksum({0.187300861f, -22}), 0xD77B7B64u);
  EXPECT_EQ(checksum({0.03f, 5}), 0xCE43FA27u);
}

// Rows of `depth` at the scales 1/1024, 2/1024 ... 200/1024: multipliers and shifts of all kinds.
uint32_t ChecksumOverScales(BuiltinOperator op, const std::vector<int8_t>& rows, size_t depth) {
  constexpr int kScales = 200;
  std::vector<int8_t> outputs;
  for (int i = 1; i <= kScales; ++i) {
    const std::vector<int8_t> some =
        Probabilities(op, {static_cast<float>(i) / 1024.0f, 0}, rows, depth);
    outputs.insert(outputs.end(), some.begin(), some.end());
  }
  return test::Crc32(outputs);
}

TEST(LogisticTest, EveryInputAtManyScalesHasTheFrozenChecksum) {
  EXPECT_EQ(ChecksumOverScales(BuiltinOperator::LOGISTIC, EveryInt8(), 1), 0x0DB7F78Au);
}

TEST(SoftmaxTest, EveryDifferenceAtManyScalesHasTheFrozenChecksum) {
  std::vector<int8_t> pairs;
  for (const int8_t value : EveryInt8()) {
    pairs.push_back(INT8_MAX);
    pairs.push_back(value);
  }
  EXPECT_EQ(ChecksumOverScales(BuiltinOperator::SOFTMAX, pairs, 2), 0x684B1BD6u);
}

}  // namespace
}  // namespace earshot
