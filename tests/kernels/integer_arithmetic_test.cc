// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that combine two tensors of int16 or int32, SQUARED_DIFFERENCE of int8, and quotients.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::kTypeOf;
using test::Pair;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::TensorSpec;

constexpr uint32_t kCases = 60;

template <typename T>
std::vector<T> AnyValues(Random& random, size_t count) {
  std::vector<T> values(count);
  for (T& value : values) {
    const int32_t bits = random.Between(INT32_MIN / 2, INT32_MAX / 2);
    value = static_cast<T>(sizeof(T) == 4 ? 2 * bits : bits);
  }
  return values;
}

// `combine(a - zero, b - zero, scales of a, b, output)`: the output relative to its zero point.
template <typename T, typename Combine>
void CheckQuantized(BuiltinOperator op, const test::OperatorOptions& options, bool same,
                    Combine combine) {
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Pair pair = test::MakePair(random);
    float scales[] = {random.Scale(), random.Scale(), random.Scale()};
    if (op == BuiltinOperator::MUL || op == BuiltinOperator::SQUARED_DIFFERENCE) {
      scales[2] *= sizeof(T) == 2 ? 1000.0f : 10.0f;
    }
    const auto zero_point = [&] { return sizeof(T) == 1 ? random.Between(-128, 127) : 0; };
    int32_t zeros[] = {zero_point(), zero_point(), zero_point()};
    if (same) std::fill(scales, scales + 3, scales[0]);
    if (same) std::fill(zeros, zeros + 3, zeros[0]);
    const std::vector<T> a = AnyValues<T>(random, test::Count(pair.a));
    const std::vector<T> b = AnyValues<T>(random, test::Count(pair.b));
    const RunResult result = test::Run({op,
                                        {{pair.a, kTypeOf<T>, {scales[0]}, {zeros[0]}},
                                         {pair.b, kTypeOf<T>, {scales[1]}, {zeros[1]}}},
                                        {{pair.output, kTypeOf<T>, {scales[2]}, {zeros[2]}}},
                                        options},
                                       {BytesOf(a), BytesOf(b)});
    ASSERT_RAN(result);
    for (size_t i = 0; i < test::Count(pair.output); ++i) {
      const int64_t steps =
          combine(int64_t{test::Broadcasted(a, pair.a, pair.output, i)} - zeros[0],
                  int64_t{test::Broadcasted(b, pair.b, pair.output, i)} - zeros[1], scales);
      ASSERT_EQ(result.As<T>()[i], Clamped<T>(steps + zeros[2])) << "element " << i;
    }
  }
}

// What ADD, SUB and SQUARED_DIFFERENCE do first: `combine` of both at the common scale.
template <typename Combine>
int64_t Common(int64_t a, int64_t b, const float* scales, int64_t factor, Combine combine) {
  const double twice = 2.0 * Real(std::max(scales[0], scales[1]));
  return combine(ScaledExactly(a * factor, Real(scales[0]) / twice),
                 ScaledExactly(b * factor, Real(scales[1]) / twice));
}

TEST(Int16Test, SumsAndProductsEqualPlainMathematics) {
  constexpr int64_t kFactor = 1 << 15;
  const auto to_output = [](int64_t value, const float* scales) {
    const double twice = 2.0 * Real(std::max(scales[0], scales[1]));
    return ScaledExactly(value, twice / (static_cast<double>(kFactor) * Real(scales[2])));
  };
  CheckQuantized<int16_t>(BuiltinOperator::ADD, test::AddOptions(), false,
                          [&](int64_t a, int64_t b, const float* scales) {
                            return to_output(Common(a, b, scales, kFactor, std::plus<>()), scales);
                          });
  CheckQuantized<int16_t>(BuiltinOperator::SUB, test::SubOptions(), false,
                          [&](int64_t a, int64_t b, const float* scales) {
                            return to_output(Common(a, b, scales, kFactor, std::minus<>()), scales);
                          });
  CheckQuantized<int16_t>(BuiltinOperator::MUL, test::MulOptions(), false,
                          [](int64_t a, int64_t b, const float* scales) {
                            return ScaledExactly(
                                a * b, Real(scales[0]) * Real(scales[1]) / Real(scales[2]));
                          });
}

template <typename T>
void CheckSquaredDifference(int64_t factor) {
  CheckQuantized<T>(BuiltinOperator::SQUARED_DIFFERENCE, {}, false,
                    [factor](int64_t a, int64_t b, const float* scales) {
                      const int64_t difference = Common(a, b, scales, factor, std::minus<>());
                      const double twice = 2.0 * Real(std::max(scales[0], scales[1]));
                      return ScaledExactly(
                          difference * difference,
                          twice * twice / (static_cast<double>(factor * factor) * Real(scales[2])));
                    });
}

TEST(SquaredDifferenceTest, IntegersEqualPlainMathematics) {
  CheckSquaredDifference<int8_t>(1 << 7);
  CheckSquaredDifference<int16_t>(1);
}

TEST(MaximumAndMinimumTest, Int16TakesOneOfTwo) {
  CheckQuantized<int16_t>(BuiltinOperator::MAXIMUM, {}, true,
                          [](int64_t a, int64_t b, const float*) { return std::max(a, b); });
  CheckQuantized<int16_t>(BuiltinOperator::MINIMUM, {}, true,
                          [](int64_t a, int64_t b, const float*) { return std::min(a, b); });
}

struct Int32Case {
  const char* name;
  BuiltinOperator op;
  test::OperatorOptions options;
  int64_t (*combine)(int64_t a, int64_t b);  // Modulo 2^32.
};

const Int32Case kInt32[] = {
    {"Add", BuiltinOperator::ADD, test::AddOptions(), [](int64_t a, int64_t b) { return a + b; }},
    {"Sub", BuiltinOperator::SUB, test::SubOptions(), [](int64_t a, int64_t b) { return a - b; }},
    {"Mul", BuiltinOperator::MUL, test::MulOptions(), [](int64_t a, int64_t b) { return a * b; }},
    {"Div", BuiltinOperator::DIV, test::DivOptions(),
     [](int64_t a, int64_t b) { return b == 0 ? 0 : a / b; }},
    {"Maximum", BuiltinOperator::MAXIMUM, {}, [](int64_t a, int64_t b) { return std::max(a, b); }},
    {"Minimum", BuiltinOperator::MINIMUM, {}, [](int64_t a, int64_t b) { return std::min(a, b); }},
    {"SquaredDifference",
     BuiltinOperator::SQUARED_DIFFERENCE,
     {},
     [](int64_t a, int64_t b) {
       const auto low = static_cast<int64_t>(static_cast<uint32_t>(a - b));
       return static_cast<int64_t>(static_cast<uint64_t>(low) * static_cast<uint64_t>(low));
     }},
};

class Int32Test : public testing::TestWithParam<Int32Case> {};

TEST_P(Int32Test, EqualsPlainMathematicsModulo32BitsWithBroadcasting) {
  const Int32Case& tested = GetParam();
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const Pair pair = test::MakePair(random);
    std::vector<int32_t> a = AnyValues<int32_t>(random, test::Count(pair.a));
    std::vector<int32_t> b = AnyValues<int32_t>(random, test::Count(pair.b));
    a[0] = INT32_MIN;
    constexpr int32_t kSpecial[] = {-1, 0, INT32_MIN, 7};
    b[0] = kSpecial[seed % 4];
    const auto tensor = [](const std::vector<int32_t>& shape) {
      return TensorSpec{shape, TensorType::INT32};
    };
    const RunResult result = test::Run(
        {tested.op, {tensor(pair.a), tensor(pair.b)}, {tensor(pair.output)}, tested.options},
        {BytesOf(a), BytesOf(b)});
    ASSERT_RAN(result);
    for (size_t i = 0; i < test::Count(pair.output); ++i) {
      const int64_t wanted = tested.combine(test::Broadcasted(a, pair.a, pair.output, i),
                                            test::Broadcasted(b, pair.b, pair.output, i));
      ASSERT_EQ(result.As<int32_t>()[i], static_cast<int32_t>(static_cast<uint32_t>(wanted)));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Operators, Int32Test, testing::ValuesIn(kInt32),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(QuotientTest, Float32) {
  const std::vector<float> a = {7, -7, 7, -7, 0.5f, 6};
  const std::vector<float> b = {2, 2, -2, -2, 4, 3};
  const auto run = [&](BuiltinOperator op, const test::OperatorOptions& options) {
    const RunResult result =
        test::Run({op, {test::Float32({6}), test::Float32({6})}, {test::Float32({6})}, options},
                  {BytesOf(a), BytesOf(b)});
    EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
    return result.As<float>();
  };
  EXPECT_EQ(run(BuiltinOperator::DIV, test::DivOptions()),
            (std::vector<float>{3.5f, -3.5f, -3.5f, 3.5f, 0.125f, 2}));
  EXPECT_EQ(run(BuiltinOperator::DIV, test::DivOptions(test::ActivationFunctionType::RELU)),
            (std::vector<float>{3.5f, 0, 0, 3.5f, 0.125f, 2}));
  EXPECT_EQ(run(BuiltinOperator::FLOOR_DIV, {}), (std::vector<float>{3, -4, -4, 3, 0, 2}));
  EXPECT_EQ(run(BuiltinOperator::FLOOR_MOD, {}), (std::vector<float>{1, 1, -1, -1, 0.5f, 0}));
}

// ------------------------------------------------------------------------------------------------

using test::Damage;
using test::kInvalid;
using test::kUnsupported;
using Op = test::OneOperator;

TensorSpec Int16() { return {{2, 3}, TensorType::INT16, {0.5f}, {0}}; }
TensorSpec PlainInt32() { return {{2, 3}, TensorType::INT32}; }

Op AddInt16() { return {BuiltinOperator::ADD, {Int16(), Int16()}, {Int16()}, test::AddOptions()}; }
Op MulInt16() { return {BuiltinOperator::MUL, {Int16(), Int16()}, {Int16()}, test::MulOptions()}; }
Op SquaredInt16() {
  return {BuiltinOperator::SQUARED_DIFFERENCE, {Int16(), Int16()}, {Int16()}, {}};
}
Op AddInt32() {
  return {BuiltinOperator::ADD, {PlainInt32(), PlainInt32()}, {PlainInt32()}, test::AddOptions()};
}
Op DivInt32() {
  return {BuiltinOperator::DIV, {PlainInt32(), PlainInt32()}, {PlainInt32()}, test::DivOptions()};
}

TEST(IntegerArithmeticPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {AddInt16, MulInt16, SquaredInt16, AddInt32, DivInt32}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"AddInt16Type", AddInt16, [](Op& op) { op.inputs[1].type = TensorType::INT8; }, kUnsupported,
     "type"},
    {"AddInt16Unscaled", AddInt16, [](Op& op) { op.outputs[0].scales = {}; }, kInvalid, "scales"},
    {"AddInt16NoOptions", AddInt16, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"AddInt16Ratio", AddInt16, [](Op& op) { op.outputs[0].scales = {1e-30f}; }, kUnsupported,
     "scales"},
    {"MulInt16ZeroPoint", MulInt16, [](Op& op) { op.inputs[1].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"SquaredInt16ZeroPoint", SquaredInt16, [](Op& op) { op.outputs[0].zero_points = {1}; },
     kUnsupported, "zero point"},
    {"AddInt32Scaled", AddInt32,
     [](Op& op) {
       op.inputs[1].scales = {0.5f};
       op.inputs[1].zero_points = {0};
     },
     kUnsupported, "scales"},
    {"DivInt32NoOptions", DivInt32, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"DivInt32Shapes", DivInt32,
     [](Op& op) {
       op.inputs[1].shape = {2, 2};
     },
     kInvalid, "extents"},
};

class DamagedIntegerArithmeticTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedIntegerArithmeticTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedIntegerArithmeticTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
