// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// BATCH_MATMUL, and operators that sum up along axes or over inputs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::Count;
using test::Float32;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::TensorSpec;

constexpr uint32_t kCases = 60;

// The matrices [rows, columns] of `values`, transposed.
template <typename T>
std::vector<T> Transposed(const std::vector<T>& values, size_t rows, size_t columns) {
  std::vector<T> result;
  for (size_t begin = 0; begin < values.size(); begin += rows * columns) {
    for (size_t i = 0; i < rows * columns; ++i) {
      result.push_back(values[begin + i % rows * columns + i / rows]);
    }
  }
  return result;
}

template <typename T>
void CheckBatchMatmul() {
  constexpr bool kReal = std::is_floating_point_v<T>;
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 5), depth = random.Between(1, 30),
                  columns = random.Between(1, 5);
    test::Pair batches = test::MakePair(random);
    if (batches.output.size() > 3) batches = {{}, {}, {}};
    const bool adj_x = random.Between(0, 1) == 1, adj_y = random.Between(0, 1) == 1;
    const auto shape = [](std::vector<int32_t> leading, int32_t first, int32_t second, bool swap) {
      leading.push_back(swap ? second : first);
      leading.push_back(swap ? first : second);
      return leading;
    };
    const float scales[] = {random.Scale(), random.Scale(), 50.0f * random.Scale()};
    const auto zero = [&] { return sizeof(T) == 1 ? random.Between(-128, 127) : 0; };
    const int32_t zeros[] = {zero(), zero(), zero()};
    const auto tensor = [&](std::vector<int32_t> of, size_t i) -> TensorSpec {
      if (kReal) return Float32(std::move(of));
      return {std::move(of), test::kTypeOf<T>, {scales[i]}, {zeros[i]}};
    };
    std::vector<T> a(Count(batches.a) * static_cast<size_t>(rows * depth));
    std::vector<T> b(Count(batches.b) * static_cast<size_t>(depth * columns));
    for (T& value : a) value = static_cast<T>(random.Between(-100, 100));
    for (T& value : b) value = static_cast<T>(random.Between(-100, 100));
    const auto size = [](int32_t extent) { return static_cast<size_t>(extent); };
    const RunResult result =
        test::Run({BuiltinOperator::BATCH_MATMUL,
                   {tensor(shape(batches.a, rows, depth, adj_x), 0),
                    tensor(shape(batches.b, depth, columns, adj_y), 1)},
                   {tensor(shape(batches.output, rows, columns, false), 2)},
                   test::BatchMatMulOptions(adj_x, adj_y)},
                  {BytesOf(adj_x ? Transposed(a, size(rows), size(depth)) : a),
                   BytesOf(adj_y ? Transposed(b, size(depth), size(columns)) : b)});
    ASSERT_RAN(result);
    const std::vector<T> found = result.As<T>();
    // Which matrix of each input belongs to each of the output.
    std::vector<int32_t> numbers_a, numbers_b;
    for (size_t i = 0; i < Count(batches.a); ++i) numbers_a.push_back(static_cast<int32_t>(i));
    for (size_t i = 0; i < Count(batches.b); ++i) numbers_b.push_back(static_cast<int32_t>(i));
    for (size_t i = 0; i < found.size(); ++i) {
      const size_t batch = i / size(rows * columns), row = i / size(columns) % size(rows),
                   column = i % size(columns);
      const auto matrix_a = size(test::Broadcasted(numbers_a, batches.a, batches.output, batch));
      const auto matrix_b = size(test::Broadcasted(numbers_b, batches.b, batches.output, batch));
      int64_t sum = 0;
      for (size_t k = 0; k < size(depth); ++k) {
        sum +=
            (static_cast<int64_t>(a[(matrix_a * size(rows) + row) * size(depth) + k]) - zeros[0]) *
            (static_cast<int64_t>(b[(matrix_b * size(depth) + k) * size(columns) + column]) -
             zeros[1]);
      }
      if constexpr (kReal) {
        ASSERT_NEAR(Real(found[i]), static_cast<double>(sum), 1.0);
      } else {
        const double scale = Real(scales[0] * scales[1]) / Real(scales[2]);
        // Sums of 64 bits are scaled by 15 bits, rounded once; within one step of all 31.
        const int64_t steps = ScaledExactly(sum, scale) + zeros[2];
        const int64_t tolerance = sizeof(T) == 2 ? 1 + std::abs(steps) / 32768 : 0;
        ASSERT_LE(std::abs(Clamped<T>(steps) - int64_t{found[i]}), tolerance) << "element " << i;
      }
    }
  }
}

TEST(BatchMatmulTest, Int8EqualsPlainMathematics) { CheckBatchMatmul<int8_t>(); }
TEST(BatchMatmulTest, Int16IsWithinOneStepOfPlainMathematics) { CheckBatchMatmul<int16_t>(); }
TEST(BatchMatmulTest, Float32IsCloseToPlainMathematics) { CheckBatchMatmul<float>(); }

// ------------------------------------------------------------------------------------------------

TEST(SumTest, Int8EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 5), depth = random.Between(1, 50);
    const float from = random.Scale(), to = 10.0f * random.Scale();
    const int32_t zero = random.Between(-128, 127), output_zero = random.Between(-128, 127);
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(rows * depth));
    const RunResult result =
        test::Run({BuiltinOperator::SUM,
                   {{{rows, depth}, TensorType::INT8, {from}, {zero}}, test::Int32({1}, {1})},
                   {{{rows}, TensorType::INT8, {to}, {output_zero}}},
                   test::ReducerOptions(false)},
                  {BytesOf(input)});
    ASSERT_RAN(result);
    for (int32_t row = 0; row < rows; ++row) {
      int64_t sum = 0;
      for (int32_t i = 0; i < depth; ++i) {
        sum += input[static_cast<size_t>(row * depth + i)] - zero;
      }
      ASSERT_EQ(result.As<int8_t>()[static_cast<size_t>(row)],
                test::ClampToInt8(ScaledExactly(sum, Real(from) / Real(to)) + output_zero));
    }
  }
}

TEST(CumsumTest, SumsAlongAnAxisInEitherDirection) {
  const std::vector<float> input = {1, 2, 3, 4, 5, 6};
  const auto run = [&](int32_t axis, bool exclusive, bool reverse) {
    const RunResult result =
        test::RunFloat32(BuiltinOperator::CUMSUM, Float32({2, 3}), {test::Int32({1}, {axis})},
                         {2, 3}, input, test::CumsumOptions(exclusive, reverse));
    EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
    return result.As<float>();
  };
  EXPECT_EQ(run(1, false, false), (std::vector<float>{1, 3, 6, 4, 9, 15}));
  EXPECT_EQ(run(-1, true, false), (std::vector<float>{0, 1, 3, 0, 4, 9}));
  EXPECT_EQ(run(1, false, true), (std::vector<float>{6, 5, 3, 15, 11, 6}));
  EXPECT_EQ(run(1, true, true), (std::vector<float>{5, 3, 0, 11, 6, 0}));
  EXPECT_EQ(run(0, false, false), (std::vector<float>{1, 2, 3, 5, 7, 9}));
}

TEST(AddNTest, AddsAllInputs) {
  const std::vector<float> values = {1, -2, 0.5f};
  const RunResult result = test::Run(
      {BuiltinOperator::ADD_N, {Float32({3}), Float32({3}), Float32({3})}, {Float32({3})}, {}},
      {BytesOf(values), BytesOf(values), BytesOf(std::vector<float>{10, 20, 30})});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{12, 16, 31}));
}

TEST(L2NormalizationTest, DividesEachRowByItsNorm) {
  const RunResult result = test::RunFloat32(BuiltinOperator::L2_NORMALIZATION, Float32({3, 2}), {},
                                            {3, 2}, {3, 4, -6, 8, 0, 0}, test::L2NormOptions());
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{0.6f, 0.8f, -0.6f, 0.8f, 0, 0}));
}

TEST(L2PoolTest, TakesTheRootOfTheMeanSquareInsideOfTheImage) {
  const RunResult result = test::RunFloat32(
      BuiltinOperator::L2_POOL_2D, Float32({1, 2, 3, 1}), {}, {1, 1, 2, 1}, {1, 5, 3, 7, 5, -4},
      test::Pool2DOptions({schema::Padding::SAME, 2, 2}, 2, 2));
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{5, std::sqrt(12.5f)}));
}

// ------------------------------------------------------------------------------------------------

using test::Damage;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using Op = test::OneOperator;

Op BatchMatmul() {
  return {BuiltinOperator::BATCH_MATMUL,
          {Int8({2, 3, 4}), Int8({2, 4, 5})},
          {Int8({2, 3, 5})},
          test::BatchMatMulOptions()};
}
Op Cumsum() {
  return {BuiltinOperator::CUMSUM,
          {Float32({2, 3}), test::Int32({1}, {1})},
          {Float32({2, 3})},
          test::CumsumOptions()};
}
Op AddN() {
  return {BuiltinOperator::ADD_N, {Float32({2, 3}), Float32({2, 3})}, {Float32({2, 3})}, {}};
}
Op L2Normalization() {
  return {BuiltinOperator::L2_NORMALIZATION,
          {Float32({2, 3})},
          {Float32({2, 3})},
          test::L2NormOptions()};
}

TEST(SumsPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {BatchMatmul, Cumsum, AddN, L2Normalization}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"MatmulOptions", BatchMatmul, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"MatmulDepth", BatchMatmul,
     [](Op& op) {
       op.inputs[1] = Int8({2, 3, 5});
     },
     kInvalid, "depth"},
    {"MatmulTransposed", BatchMatmul, [](Op& op) { op.options = test::BatchMatMulOptions(true); },
     kInvalid, "depth"},
    {"MatmulBatches", BatchMatmul,
     [](Op& op) {
       op.inputs[1] = Int8({3, 4, 5});
     },
     kInvalid, "extents"},
    {"MatmulRank1", BatchMatmul, [](Op& op) { op.inputs[1] = Int8({4}); }, kInvalid, "rank"},
    {"MatmulRank6", BatchMatmul,
     [](Op& op) {
       op.inputs[0] = Int8({1, 1, 1, 2, 3, 4});
     },
     kUnsupported, "rank"},
    {"MatmulOutputRank", BatchMatmul,
     [](Op& op) {
       op.outputs[0] = Int8({6, 5});
     },
     kInvalid, "rank"},
    {"MatmulOutputRows", BatchMatmul,
     [](Op& op) {
       op.outputs[0] = Int8({2, 4, 5});
     },
     kInvalid, "rows"},
    {"MatmulOutputColumns", BatchMatmul,
     [](Op& op) {
       op.outputs[0] = Int8({2, 3, 6});
     },
     kInvalid, "columns"},
    {"MatmulUnscaled", BatchMatmul, [](Op& op) { op.inputs[1].scales = {}; }, kInvalid, "scales"},
    {"MatmulType", BatchMatmul, [](Op& op) { op.inputs[1].type = TensorType::INT16; }, kUnsupported,
     "type"},
    {"CumsumAxis", Cumsum, [](Op& op) { op.inputs[1] = test::Int32({1}, {2}); }, kInvalid, "axis"},
    {"CumsumAxes", Cumsum,
     [](Op& op) {
       op.inputs[1] = test::Int32({2}, {0, 1});
     },
     kInvalid, "axis"},
    {"CumsumAxisComputed", Cumsum, [](Op& op) { op.inputs[1].data = {}; }, kUnsupported, "axis"},
    {"CumsumOptions", Cumsum, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"CumsumShape", Cumsum,
     [](Op& op) {
       op.outputs[0] = Float32({3, 2});
     },
     kInvalid, "shape"},
    {"CumsumScalar", Cumsum, [](Op& op) { op.inputs[0] = op.outputs[0] = Float32({}); }, kInvalid,
     "axis"},
    {"AddNOne", AddN, [](Op& op) { op.inputs.resize(1); }, kInvalid, "inputs"},
    {"AddNAbsent", AddN, [](Op& op) { op.inputs[1] = test::Absent(); }, kInvalid, "absent"},
    {"AddNShape", AddN, [](Op& op) { op.inputs[1] = Float32({6}); }, kInvalid, "shape"},
    {"AddNType", AddN,
     [](Op& op) {
       op.inputs[1] = Int8({2, 3});
     },
     kUnsupported, "type"},
    {"L2Activation", L2Normalization,
     [](Op& op) { op.options = test::L2NormOptions(test::ActivationFunctionType::RELU); },
     kUnsupported, "activation"},
    {"L2Options", L2Normalization, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"L2Shape", L2Normalization, [](Op& op) { op.outputs[0] = Float32({6}); }, kInvalid, "shape"},
};

class DamagedSumsTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedSumsTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedSumsTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
