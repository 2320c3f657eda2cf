// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that make each float32 output of one or two inputs, against mathematics in double.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/real_arithmetic.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;
using test::Random;
using test::RunResult;

constexpr uint32_t kCases = 100;
constexpr float kInfinity = std::numeric_limits<float>::infinity();

struct Unary {
  const char* name;
  BuiltinOperator op;
  double (*function)(double);
  float largest;  // Of the inputs' magnitudes.
  bool positive_only;
  double tolerance;  // Of the result; 0: it is exact.
};

constexpr double kOneUlp = 1.2e-7;
constexpr double kSomeUlps = 1e-6;

const Unary kUnary[] = {
    {"Abs", BuiltinOperator::ABS, [](double x) { return std::fabs(x); }, 1e9f, false, 0},
    {"Ceil", BuiltinOperator::CEIL, [](double x) { return std::ceil(x); }, 100.0f, false, 0},
    {"Cos", BuiltinOperator::COS, [](double x) { return std::cos(x); }, 3.0f, false, kSomeUlps},
    {"Elu", BuiltinOperator::ELU, [](double x) { return x < 0 ? std::expm1(x) : x; }, 10.0f, false,
     kSomeUlps},
    {"Exp", BuiltinOperator::EXP, [](double x) { return std::exp(x); }, 30.0f, false, kSomeUlps},
    {"Floor", BuiltinOperator::FLOOR, [](double x) { return std::floor(x); }, 100.0f, false, 0},
    {"HardSwish", BuiltinOperator::HARD_SWISH,
     [](double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; }, 5.0f, false, 1e-4},
    {"Log", BuiltinOperator::LOG, [](double x) { return std::log(x); }, 1e6f, true, kSomeUlps},
    {"Logistic", BuiltinOperator::LOGISTIC, [](double x) { return 1 / (1 + std::exp(-x)); }, 30.0f,
     false, 2e-4},
    {"Neg", BuiltinOperator::NEG, [](double x) { return -x; }, 1e9f, false, 0},
    {"Relu", BuiltinOperator::RELU, [](double x) { return std::max(x, 0.0); }, 10.0f, false, 0},
    {"Relu6", BuiltinOperator::RELU6, [](double x) { return std::clamp(x, 0.0, 6.0); }, 10.0f,
     false, 0},
    {"Round", BuiltinOperator::ROUND, [](double x) { return std::nearbyint(x); }, 100.0f, false, 0},
    {"Rsqrt", BuiltinOperator::RSQRT, [](double x) { return 1 / std::sqrt(x); }, 1e6f, true,
     kSomeUlps},
    {"Sin", BuiltinOperator::SIN, [](double x) { return std::sin(x); }, 3.0f, false, kSomeUlps},
    {"Sqrt", BuiltinOperator::SQRT, [](double x) { return std::sqrt(x); }, 1e6f, true, kOneUlp},
    {"Square", BuiltinOperator::SQUARE, [](double x) { return x * x; }, 1e6f, false, kOneUlp},
    {"Tanh", BuiltinOperator::TANH, [](double x) { return std::tanh(x); }, 10.0f, false, kSomeUlps},
};

class UnaryTest : public testing::TestWithParam<Unary> {};

TEST_P(UnaryTest, IsCloseToPlainMathematics) {
  const Unary& unary = GetParam();
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(1, 40)};
    std::vector<float> input = test::Reals(random, test::Count(shape), unary.largest);
    for (float& value : input) {
      if (unary.positive_only) value = std::fabs(value) + 1e-3f;
    }
    const RunResult result = test::RunFloat32(unary.op, test::Float32(shape), {}, shape, input);
    ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
    const std::vector<float> found = result.As<float>();
    for (size_t i = 0; i < input.size(); ++i) {
      const double wanted = unary.function(static_cast<double>(input[i]));
      ASSERT_NEAR(static_cast<double>(found[i]), wanted, unary.tolerance * std::fabs(wanted))
          << "of " << input[i];
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Operators, UnaryTest, testing::ValuesIn(kUnary),
                         [](const auto& one) { return std::string(one.param.name); });

// What the format's reference does beyond its limits.
TEST(LogisticTest, Float32HasLimits) {
  const std::vector<float> input = {16.62f, 1e9f, kInfinity, -9.5f, -200.0f, -kInfinity};
  const RunResult result =
      test::RunFloat32(BuiltinOperator::LOGISTIC, test::Float32({6}), {}, {6}, input);
  ASSERT_TRUE(result.status.ok()) << test::Text(result.status);
  EXPECT_EQ(result.As<float>(),
            (std::vector<float>{1.0f, 1.0f, 1.0f, std::exp(-9.5f), 0.0f, 0.0f}));
}

// ------------------------------------------------------------------------------------------------

struct Binary {
  const char* name;
  BuiltinOperator op;
  test::OperatorOptions (*options)(ActivationFunctionType);  // Null: it has none.
  double (*function)(double a, double b);
};

const Binary kBinary[] = {
    {"Add", BuiltinOperator::ADD, test::AddOptions, [](double a, double b) { return a + b; }},
    {"Sub", BuiltinOperator::SUB, test::SubOptions, [](double a, double b) { return a - b; }},
    {"Mul", BuiltinOperator::MUL, test::MulOptions, [](double a, double b) { return a * b; }},
    {"Maximum", BuiltinOperator::MAXIMUM, nullptr,
     [](double a, double b) { return std::max(a, b); }},
    {"Minimum", BuiltinOperator::MINIMUM, nullptr,
     [](double a, double b) { return std::min(a, b); }},
    {"SquaredDifference", BuiltinOperator::SQUARED_DIFFERENCE, nullptr,
     [](double a, double b) { return (a - b) * (a - b); }},
};

RunResult RunBinary(const Binary& binary, const test::Pair& pair, const std::vector<float>& a,
                    const std::vector<float>& b, ActivationFunctionType activation) {
  test::ModelBuilder builder;
  const int left = builder.AddTensor(test::Float32(pair.a));
  const int right = builder.AddTensor(test::Float32(pair.b));
  const int output = builder.AddTensor(test::Float32(pair.output));
  builder.AddOperator(
      binary.op, {left, right}, {output},
      binary.options == nullptr ? test::OperatorOptions() : binary.options(activation));
  builder.SetInputs({left, right});
  builder.SetOutputs({output});
  return test::RunModel(builder, {test::BytesOf(a), test::BytesOf(b)});
}

class BinaryTest : public testing::TestWithParam<Binary> {};

TEST_P(BinaryTest, IsCloseToPlainMathematicsWithBroadcasting) {
  const Binary& binary = GetParam();
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const test::Pair pair = test::MakePair(random);
    const ActivationFunctionType activation =
        binary.options == nullptr ? ActivationFunctionType::NONE : test::AnyActivation(random);
    const std::vector<float> a = test::Reals(random, test::Count(pair.a), 10.0f);
    const std::vector<float> b = test::Reals(random, test::Count(pair.b), 10.0f);
    std::vector<test::RealSum> expected;
    for (size_t i = 0; i < test::Count(pair.output); ++i) {
      const auto left = static_cast<double>(test::Broadcasted(a, pair.a, pair.output, i));
      const auto right = static_cast<double>(test::Broadcasted(b, pair.b, pair.output, i));
      const double square = std::fabs(left) + std::fabs(right);
      expected.push_back({binary.function(left, right), std::max(square, square * square)});
    }
    test::ExpectClose(RunBinary(binary, pair, a, b, activation), expected, activation);
  }
}

INSTANTIATE_TEST_SUITE_P(Operators, BinaryTest, testing::ValuesIn(kBinary),
                         [](const auto& one) { return std::string(one.param.name); });

// As in the format's reference: sums and products end at the largest number, and the others have no
// activation function that would cut them.
TEST(BinaryTest, OnlyOperatorsWithActivationsAreCutToFiniteNumbers) {
  const test::Pair pair = {{2}, {2}, {2}};
  constexpr float kLargest = std::numeric_limits<float>::max();
  const std::vector<float> a = {kLargest, -kInfinity};
  const auto run = [&](const Binary& binary, const std::vector<float>& b) {
    const RunResult result = RunBinary(binary, pair, a, b, ActivationFunctionType::NONE);
    EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
    return result.As<float>();
  };
  EXPECT_EQ(run(kBinary[0], {kLargest, 1}), (std::vector<float>{kLargest, -kLargest}));
  EXPECT_EQ(run(kBinary[2], {2, 1}), (std::vector<float>{kLargest, -kLargest}));
  EXPECT_EQ(run(kBinary[3], {kInfinity, -kInfinity}), (std::vector<float>{kInfinity, -kInfinity}));
  EXPECT_EQ(run(kBinary[5], {-kLargest, 0}), (std::vector<float>{kInfinity, kInfinity}));
}

}  // namespace
}  // namespace earshot
