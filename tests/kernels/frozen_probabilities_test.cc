// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SOFTMAX and LOGISTIC on int8, to the bit: what TensorFlow Lite Micro made of recorded inputs
// (tests/golden/kernels), and checksums over whole ranges of inputs.

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

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
// tests/golden/kernels as well. CRC-32 of zlib (reflected polynomial 0xEDB88320) over the outputs'
// bytes, in order.
uint32_t Crc32(const std::vector<int8_t>& values) {
  constexpr uint32_t kPolynomial = 0xEDB88320u;
  uint32_t crc = UINT32_MAX;
  for (const int8_t value : values) {
    crc ^= static_cast<uint8_t>(value);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? kPolynomial : 0u);
  }
  return ~crc;
}

TEST(SoftmaxTest, EveryPairOfInputsHasTheFrozenChecksum) {
  std::vector<int8_t> pairs;
  for (int32_t a = INT8_MIN; a <= INT8_MAX; ++a) {
    for (int32_t b = INT8_MIN; b <= INT8_MAX; ++b) {
      pairs.push_back(static_cast<int8_t>(a));
      pairs.push_back(static_cast<int8_t>(b));
    }
  }
  const auto checksum = [&](float scale) {
    return Crc32(Probabilities(BuiltinOperator::SOFTMAX, {scale, 0}, pairs, 2));
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
    return Crc32(Probabilities(BuiltinOperator::SOFTMAX, {scale, 0}, rows, kDepth));
  };
  EXPECT_EQ(checksum(0.1f), 0xFADBFBACu);
  EXPECT_EQ(checksum(0.0125187514f), 0x494AD23Bu);
}

TEST(LogisticTest, EveryInputHasTheFrozenChecksum) {
  std::vector<int8_t> inputs;
  for (int32_t value = INT8_MIN; value <= INT8_MAX; ++value) {
    inputs.push_back(static_cast<int8_t>(value));
  }
  const auto checksum = [&](const InputQuantization& quantization) {
    return Crc32(Probabilities(BuiltinOperator::LOGISTIC, quantization, inputs, 1));
  };
  // A model's, with saturation at both ends; and one where no input comes near the ends.
  EXPECT_EQ(checksum({0.187300861f, -22}), 0xD77B7B64u);
  EXPECT_EQ(checksum({0.03f, 5}), 0xCE43FA27u);
}

}  // namespace
}  // namespace earshot
