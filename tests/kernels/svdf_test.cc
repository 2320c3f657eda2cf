// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SVDF against all inputs so far, summed up anew at each invoke.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/support/repeated_runs.h"

namespace earshot {
namespace {

using test::Random;
using test::TensorSpec;

constexpr uint32_t kCases = 60;
constexpr int kInvokes = 6;

struct SvdfSpec {
  int32_t batches, depth, units, rank, memory;
  float input_scale = 0.0f, feature_scale = 0.0f, state_scale = 0.0f, time_scale = 0.0f,
        output_scale = 0.0f;
  int32_t input_zero = 0, state_zero = 0, output_zero = 0;
  std::vector<int32_t> features = {}, times = {}, bias = {};

  int32_t filters() const { return units * rank; }
};

std::vector<int32_t> Integers(Random& random, int32_t count, int32_t largest) {
  std::vector<int32_t> values;
  for (int32_t i = 0; i < count; ++i) values.push_back(random.Between(-largest, largest));
  return values;
}

SvdfSpec AnySvdf(Random& random, int32_t largest_time_weight) {
  SvdfSpec spec = {random.Between(1, 3), random.Between(1, 20), random.Between(1, 6),
                   random.Between(1, 3), random.Between(1, 8)};
  spec.features = Integers(random, spec.filters() * spec.depth, 127);
  spec.times = Integers(random, spec.filters() * spec.memory, largest_time_weight);
  spec.bias = Integers(random, spec.units, 1000);
  return spec;
}

template <typename T>
std::vector<uint8_t> As(const std::vector<int32_t>& values, float factor = 1.0f) {
  std::vector<T> converted;
  for (const int32_t value : values) {
    converted.push_back(static_cast<T>(static_cast<float>(value) * factor));
  }
  return test::BytesOf(converted);
}

template <typename T>
constexpr TensorType kTypeOf = sizeof(T) == 1 ? TensorType::INT8 : TensorType::INT16;

test::ModelBuilder MakeModel(const SvdfSpec& spec, const std::vector<TensorSpec>& tensors) {
  test::ModelBuilder builder;
  std::vector<int32_t> inputs;
  for (size_t i = 0; i < 5; ++i) inputs.push_back(builder.AddTensor(tensors[i]));
  const int output = builder.AddTensor(tensors[5]);
  builder.AddOperator(BuiltinOperator::SVDF, inputs, {output}, test::SvdfOptions(spec.rank));
  builder.SetInputs({inputs[0]});
  builder.SetOutputs({output});
  return builder;
}

template <typename State>
test::ModelBuilder IntegerModel(const SvdfSpec& spec) {
  TensorSpec state = {{spec.batches, spec.filters() * spec.memory},
                      kTypeOf<State>,
                      {spec.state_scale},
                      {spec.state_zero}};
  state.is_variable = true;
  return MakeModel(
      spec,
      {{{spec.batches, spec.depth}, TensorType::INT8, {spec.input_scale}, {spec.input_zero}},
       {{spec.filters(), spec.depth},
        TensorType::INT8,
        {spec.feature_scale},
        {0},
        As<int8_t>(spec.features)},
       {{spec.filters(), spec.memory},
        kTypeOf<State>,
        {spec.time_scale},
        {0},
        As<State>(spec.times)},
       {{spec.units},
        TensorType::INT32,
        {spec.state_scale * spec.time_scale},
        {0},
        As<int32_t>(spec.bias)},
       state,
       {{spec.batches, spec.units}, TensorType::INT8, {spec.output_scale}, {spec.output_zero}}});
}

// The outputs after the latest of `inputs`, oldest first.
template <typename State>
std::vector<int8_t> Expected(const SvdfSpec& spec, const std::deque<std::vector<int8_t>>& inputs) {
  const double to_state =
      static_cast<double>(spec.input_scale * spec.feature_scale / spec.state_scale);
  const double to_output =
      static_cast<double>(spec.state_scale * spec.time_scale / spec.output_scale);
  std::vector<int8_t> outputs;
  for (int32_t batch = 0; batch < spec.batches; ++batch) {
    for (int32_t unit = 0; unit < spec.units; ++unit) {
      int64_t sum = spec.bias[static_cast<size_t>(unit)];
      for (int32_t filter = unit * spec.rank; filter < (unit + 1) * spec.rank; ++filter) {
        for (size_t age = 0; age < inputs.size(); ++age) {
          const std::vector<int8_t>& input = inputs[inputs.size() - 1 - age];
          int64_t feature = 0;
          for (int32_t i = 0; i < spec.depth; ++i) {
            feature += spec.features[static_cast<size_t>(filter * spec.depth + i)] *
                       (input[static_cast<size_t>(batch * spec.depth + i)] - spec.input_zero);
          }
          const int64_t kept = std::clamp<int64_t>(
              test::ScaledExactly(feature, to_state) + spec.state_zero,
              std::numeric_limits<State>::min(), std::numeric_limits<State>::max());
          const auto at = static_cast<size_t>((filter + 1) * spec.memory - 1) - age;
          sum += spec.times[at] * (kept - spec.state_zero);
        }
      }
      outputs.push_back(test::ClampToInt8(test::ScaledExactly(sum, to_output) + spec.output_zero));
    }
  }
  return outputs;
}

template <typename State>
void CheckIntegers(int32_t largest_time_weight) {
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    SvdfSpec spec = AnySvdf(random, largest_time_weight);
    spec.input_scale = random.Scale();
    spec.feature_scale = random.Scale();
    // So that a few products fill the state, and the sums of a few the output.
    spec.state_scale = spec.input_scale * spec.feature_scale * (sizeof(State) == 1 ? 200.0f : 1.5f);
    spec.time_scale = random.Scale();
    spec.output_scale =
        spec.state_scale * spec.time_scale * (sizeof(State) == 1 ? 100.0f : 200000.0f);
    spec.input_zero = random.Between(-128, 127);
    spec.output_zero = random.Between(-128, 127);
    if (sizeof(State) == 1 && seed % 2 == 0) spec.state_zero = random.Between(-5, 5);
    test::RepeatedRuns runs(IntegerModel<State>(spec));
    std::deque<std::vector<int8_t>> inputs;
    for (int invoke = 0; invoke < kInvokes; ++invoke) {
      inputs.push_back(random.Int8(static_cast<size_t>(spec.batches * spec.depth)));
      if (inputs.size() > static_cast<size_t>(spec.memory)) inputs.pop_front();
      ASSERT_EQ(runs.Run(inputs.back()), Expected<State>(spec, inputs)) << "invoke " << invoke;
    }
  }
}

TEST(SvdfTest, Int8EqualsPlainMathematics) { CheckIntegers<int8_t>(127); }

TEST(SvdfTest, Int16StateEqualsPlainMathematics) { CheckIntegers<int16_t>(3000); }

TEST(SvdfTest, Float32IsCloseToPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const SvdfSpec spec = AnySvdf(random, 127);
    constexpr float kPart = 1.0f / 128.0f;
    const auto tensor = [](std::vector<int32_t> shape, std::vector<uint8_t> data = {}) {
      return TensorSpec{std::move(shape), TensorType::FLOAT32, {}, {}, std::move(data)};
    };
    TensorSpec state = tensor({spec.batches, spec.filters() * spec.memory});
    state.is_variable = true;
    test::RepeatedRuns runs(
        MakeModel(spec, {tensor({spec.batches, spec.depth}),
                         tensor({spec.filters(), spec.depth}, As<float>(spec.features, kPart)),
                         tensor({spec.filters(), spec.memory}, As<float>(spec.times, kPart)),
                         tensor({spec.units}, As<float>(spec.bias, kPart)), state,
                         tensor({spec.batches, spec.units})}));
    std::deque<std::vector<float>> inputs;
    for (int invoke = 0; invoke < kInvokes; ++invoke) {
      inputs.push_back(test::Reals(random, static_cast<size_t>(spec.batches * spec.depth), 2.0f));
      if (inputs.size() > static_cast<size_t>(spec.memory)) inputs.pop_front();
      const std::vector<float> found = runs.Run(inputs.back());
      for (size_t at = 0; at < found.size(); ++at) {
        const auto unit = static_cast<int32_t>(at) % spec.units;
        const auto batch = static_cast<int32_t>(at) / spec.units;
        test::RealSum sum;
        sum.Add(spec.bias[static_cast<size_t>(unit)] / 128.0);
        for (int32_t filter = unit * spec.rank; filter < (unit + 1) * spec.rank; ++filter) {
          for (size_t age = 0; age < inputs.size(); ++age) {
            const double weight =
                spec.times[static_cast<size_t>((filter + 1) * spec.memory - 1) - age] / 128.0;
            for (int32_t i = 0; i < spec.depth; ++i) {
              const double value = static_cast<double>(
                  inputs[inputs.size() - 1 - age][static_cast<size_t>(batch * spec.depth + i)]);
              sum.Add(weight * spec.features[static_cast<size_t>(filter * spec.depth + i)] / 128.0 *
                      value);
            }
          }
        }
        ASSERT_NEAR(static_cast<double>(found[at]), sum.value,
                    test::kRealTolerance * sum.magnitude);
      }
    }
  }
}

TEST(SvdfTest, StartsAnewAfterAReset) {
  Random random(3);
  SvdfSpec spec = AnySvdf(random, 127);
  spec.memory = 2;
  spec.times = Integers(random, spec.filters() * spec.memory, 127);
  spec.input_scale = spec.feature_scale = spec.state_scale = spec.time_scale = 0.1f;
  spec.output_scale = 50.0f;
  spec.state_zero = 4;
  test::RepeatedRuns runs(IntegerModel<int8_t>(spec));
  const std::vector<int8_t> input = random.Int8(static_cast<size_t>(spec.batches * spec.depth));
  const std::vector<int8_t> first = runs.Run(input);
  const std::vector<int8_t> second = runs.Run(input);
  EXPECT_NE(first, second);
  runs.interpreter().ResetVariables();
  EXPECT_EQ(runs.Run(input), first);
  EXPECT_EQ(runs.Run(input), second);
}

// ------------------------------------------------------------------------------------------------

using test::Absent;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::Weights;
using Op = test::OneOperator;

// Two batches, depth 5, three units of two filters, which remember four numbers.
Op Svdf() {
  TensorSpec state = Int8({2, 24});
  state.is_variable = true;
  return {BuiltinOperator::SVDF,
          {Int8({2, 5}), Weights({6, 5}), Weights({6, 4}), test::Int32({3}, {1, 2, 3}), state},
          {Int8({2, 3})},
          test::SvdfOptions(2)};
}

TEST(SvdfPrepareTest, AcceptsTheUndamagedOperatorWithAndWithoutBias) {
  Op op = Svdf();
  EXPECT_TRUE(test::Prepare(op).ok()) << test::Text(test::Prepare(op));
  op.inputs[3] = Absent();
  EXPECT_TRUE(test::Prepare(op).ok()) << test::Text(test::Prepare(op));
}

const test::Damage kDamages[] = {
    {"NoOptions", Svdf, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"Rank0", Svdf, [](Op& op) { op.options = test::SvdfOptions(0); }, kInvalid, "rank"},
    {"RankNegative", Svdf, [](Op& op) { op.options = test::SvdfOptions(-1); }, kInvalid, "rank"},
    {"Rank4", Svdf, [](Op& op) { op.options = test::SvdfOptions(4); }, kInvalid, "filters"},
    {"Rank3", Svdf, [](Op& op) { op.options = test::SvdfOptions(3); }, kInvalid, "output"},
    {"AbsentState", Svdf, [](Op& op) { op.inputs[4] = test::Absent(); }, kInvalid, "absent"},
    {"NoState", Svdf, [](Op& op) { op.inputs.resize(4); }, kInvalid, "inputs"},
    {"StateNoVariable", Svdf, [](Op& op) { op.inputs[4].is_variable = false; }, kInvalid,
     "variable"},
    {"StateShape", Svdf,
     [](Op& op) {
       op.inputs[4].shape = {2, 25};
     },
     kInvalid, "state"},
    {"StateType", Svdf, [](Op& op) { op.inputs[4].type = TensorType::INT16; }, kUnsupported,
     "state"},
    {"StateNotQuantized", Svdf, [](Op& op) { op.inputs[4].scales = {}; }, kInvalid, "scales"},
    {"FeaturesShape", Svdf,
     [](Op& op) {
       op.inputs[1] = Weights({6, 4});
     },
     kInvalid, "features"},
    {"TimesShape", Svdf,
     [](Op& op) {
       op.inputs[2] = Weights({8, 4});
     },
     kInvalid, "features"},
    {"BiasSize", Svdf,
     [](Op& op) {
       op.inputs[3] = test::Int32({2}, {1, 2});
     },
     kInvalid, "bias"},
    {"BiasType", Svdf, [](Op& op) { op.inputs[3] = Weights({3}); }, kUnsupported, "bias"},
    {"InputRank", Svdf,
     [](Op& op) {
       op.inputs[0].shape = {2, 5, 1};
     },
     kInvalid, "rank"},
    {"OutputShape", Svdf,
     [](Op& op) {
       op.outputs[0].shape = {2, 6};
     },
     kInvalid, "output"},
    {"OutputType", Svdf, [](Op& op) { op.outputs[0].type = TensorType::INT16; }, kUnsupported,
     "output"},
    {"ScaleRatio", Svdf, [](Op& op) { op.inputs[0].scales = {1e30f}; }, kUnsupported, "scales"},
};

class DamagedSvdfTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedSvdfTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedSvdfTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
