// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// UNIDIRECTIONAL_SEQUENCE_LSTM against its formula in double, over several invokes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/lstm_model.h"
#include "tests/kernels/one_operator.h"
#include "tests/support/repeated_runs.h"

namespace earshot {
namespace {

using test::LstmSpec;
using test::Random;

constexpr uint32_t kCases = 60;
constexpr int kInvokes = 3;

// The layer in double; what integers cannot hold is limited as there.
class RealLstm {
 public:
  // The highest and the lowest number that an output can be.
  RealLstm(const LstmSpec& spec, double lowest, double highest)
      : spec_(spec),
        lowest_(lowest),
        highest_(highest),
        quantized_(spec.type != TensorType::FLOAT32),
        hidden_(static_cast<size_t>(spec.batches * spec.units), 0.0),
        cell_(hidden_) {}

  // `input` and the answer are real numbers in the layout of the tensors.
  std::vector<double> Run(const std::vector<double>& input) {
    std::vector<double> output(static_cast<size_t>(spec_.batches * spec_.times * spec_.units));
    for (int32_t time = 0; time < spec_.times; ++time) {
      for (int32_t batch = 0; batch < spec_.batches; ++batch) {
        const int32_t row =
            spec_.time_major ? time * spec_.batches + batch : batch * spec_.times + time;
        const double* x = &input[static_cast<size_t>(row * spec_.depth)];
        Step(x, &hidden_[static_cast<size_t>(batch * spec_.units)],
             &cell_[static_cast<size_t>(batch * spec_.units)],
             &output[static_cast<size_t>(row * spec_.units)]);
      }
    }
    return output;
  }

 private:
  static double Sigmoid(double x) { return 1.0 / (1.0 + std::exp(-x)); }

  double Limited(double value, double limit) const {
    return quantized_ ? std::clamp(value, -limit, limit) : value;
  }

  double Gate(size_t gate, int32_t unit, const double* x, const double* h) const {
    constexpr double kLimit = 8.0;
    const double scale = quantized_ ? static_cast<double>(spec_.weight_scale) : 1.0;
    const double bias_scale = quantized_ ? scale * static_cast<double>(spec_.input_scale) : 1.0;
    double from_input =
        bias_scale * static_cast<double>(spec_.biases[gate][static_cast<size_t>(unit)]);
    for (int32_t i = 0; i < spec_.depth; ++i) {
      const auto at = static_cast<size_t>(unit * spec_.depth + i);
      from_input += scale * static_cast<double>(spec_.weights[gate][at]) * x[i];
    }
    double from_hidden = 0.0;
    for (int32_t i = 0; i < spec_.units; ++i) {
      const auto at = static_cast<size_t>(unit * spec_.units + i);
      from_hidden += scale * static_cast<double>(spec_.recurrent_weights[gate][at]) * h[i];
    }
    return Limited(Limited(from_input, kLimit) + Limited(from_hidden, kLimit), kLimit);
  }

  void Step(const double* x, double* h, double* cell, double* output) const {
    const double cell_limit = std::ldexp(1.0, 15 + spec_.cell_power);
    for (int32_t unit = 0; unit < spec_.units; ++unit) {
      const double in = Sigmoid(Gate(0, unit, x, h));
      const double forget = Sigmoid(Gate(1, unit, x, h));
      const double candidate = std::tanh(Gate(2, unit, x, h));
      double next = Limited(Limited(forget * cell[unit], cell_limit) + in * candidate, cell_limit);
      if (spec_.clip > 0.0f) {
        const auto clip = static_cast<double>(spec_.clip);
        next = std::clamp(next, -clip, clip);
      }
      cell[unit] = next;
      const double hidden = std::tanh(next) * Sigmoid(Gate(3, unit, x, h));
      output[unit] = std::clamp(hidden, lowest_, highest_);
    }
    std::copy(output, output + spec_.units, h);
  }

  const LstmSpec& spec_;
  double lowest_;
  double highest_;
  bool quantized_;
  std::vector<double> hidden_;
  std::vector<double> cell_;
};

template <typename T>
std::vector<T> AnyInput(Random& random, const LstmSpec& spec) {
  std::vector<T> input(static_cast<size_t>(spec.batches * spec.times * spec.depth));
  for (T& value : input) {
    if constexpr (std::is_floating_point_v<T>) {
      value = static_cast<T>(random.Between(-2000, 2000)) / 1000;
    } else {
      value = static_cast<T>(
          random.Between(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    }
  }
  return input;
}

// Each value of `input` in steps of `scale` from `zero`.
template <typename T>
std::vector<double> RealValues(const std::vector<T>& stored, float scale, int32_t zero) {
  std::vector<double> values;
  for (const T value : stored) {
    values.push_back(static_cast<double>(scale) * (static_cast<double>(value) - zero));
  }
  return values;
}

template <typename T>
void CheckLayers(TensorType type, double tolerance) {
  for (uint32_t seed = 0; seed < kCases && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const LstmSpec spec = test::AnyLstm(random, type);
    const bool real = type == TensorType::FLOAT32;
    const float input_scale = real ? 1.0f : spec.input_scale;
    const float hidden_scale = real ? 1.0f : spec.hidden_scale;
    const std::vector<double> limits =
        real ? std::vector<double>{-1.0, 1.0}
             : RealValues(
                   std::vector<T>{std::numeric_limits<T>::min(), std::numeric_limits<T>::max()},
                   hidden_scale, spec.hidden_zero);
    test::RepeatedRuns layer(test::LstmModel(spec));
    RealLstm formula(spec, limits[0], limits[1]);
    for (int invoke = 0; invoke < kInvokes; ++invoke) {
      const std::vector<T> input = AnyInput<T>(random, spec);
      const std::vector<double> found =
          RealValues(layer.Run(input), hidden_scale, spec.hidden_zero);
      const std::vector<double> wanted =
          formula.Run(RealValues(input, input_scale, spec.input_zero));
      ASSERT_EQ(found.size(), wanted.size());
      for (size_t i = 0; i < found.size(); ++i) {
        ASSERT_NEAR(found[i], wanted[i], tolerance) << "invoke " << invoke << ", element " << i;
      }
    }
  }
}

TEST(LstmTest, Float32IsCloseToTheFormula) { CheckLayers<float>(TensorType::FLOAT32, 5e-4); }

// Half a step of rounding, and what earlier ones did to gates and cells.
TEST(LstmTest, Int8IsWithinTwoStepsOfTheFormula) {
  CheckLayers<int8_t>(TensorType::INT8, 2.0 / 128.0);
}

// Cells count in 2^-11, and a gate's table has an error of 2^-15.
TEST(LstmTest, Int16IsCloseToTheFormula) { CheckLayers<int16_t>(TensorType::INT16, 3e-3); }

TEST(LstmTest, StartsAnewAfterAReset) {
  Random random(7);
  const LstmSpec spec = test::AnyLstm(random, TensorType::INT8);
  test::RepeatedRuns layer(test::LstmModel(spec));
  const std::vector<int8_t> input = AnyInput<int8_t>(random, spec);
  const std::vector<int8_t> first = layer.Run(input);
  const std::vector<int8_t> second = layer.Run(input);
  EXPECT_NE(first, second);
  layer.interpreter().ResetVariables();
  EXPECT_EQ(layer.Run(input), first);
  EXPECT_EQ(layer.Run(input), second);
}

// What lives from one invoke to the next leaves no room for the caller's idle memory.
TEST(LstmTest, KeepsItsStateBesideIdleMemory) {
  Random random(8);
  const LstmSpec spec = test::AnyLstm(random, TensorType::INT8);
  AllocationOptions options;
  options.idle_bytes = 1000;
  test::RepeatedRuns plain(test::LstmModel(spec));
  test::RepeatedRuns shared(test::LstmModel(spec), options);
  for (int invoke = 0; invoke < kInvokes; ++invoke) {
    const std::vector<int8_t> input = AnyInput<int8_t>(random, spec);
    EXPECT_EQ(plain.Run(input), shared.Run(input)) << invoke;
    for (uint8_t& byte : shared.interpreter().idle_memory()) byte = 0x55;
  }
}

// ------------------------------------------------------------------------------------------------

using test::Absent;
using test::Damage;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::OneOperator;
using test::TensorSpec;
using test::Weights;

TensorSpec Variable(std::vector<int32_t> shape, TensorType type, float scale) {
  TensorSpec made = {std::move(shape), type, {scale}, {0}};
  made.is_variable = true;
  return made;
}

// Two batches of three times, depth 5, four units.
OneOperator Lstm() {
  OneOperator op = {BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM,
                    std::vector<TensorSpec>(24, Absent()),
                    {Int8({2, 3, 4})},
                    test::LstmOptions()};
  op.inputs[0] = Int8({2, 3, 5});
  for (size_t gate = 0; gate < 4; ++gate) {
    op.inputs[1 + gate] = Weights({4, 5});
    op.inputs[5 + gate] = Weights({4, 4});
    op.inputs[12 + gate] = test::Int32({4}, {1, 2, 3, 4});
  }
  op.inputs[18] = Variable({2, 4}, TensorType::INT8, 0.5f);
  op.inputs[19] = Variable({2, 4}, TensorType::INT16, 1.0f / 2048.0f);
  return op;
}

TEST(LstmPrepareTest, AcceptsTheUndamagedOperator) {
  EXPECT_TRUE(test::Prepare(Lstm()).ok()) << test::Text(test::Prepare(Lstm()));
}

TEST(LstmPrepareTest, TensorsWithoutElementsAreAbsent) {
  OneOperator op = Lstm();
  for (TensorSpec& input : op.inputs) {
    if (input.type == TensorType::STRING) input = Int8({0});
  }
  EXPECT_TRUE(test::Prepare(op).ok()) << test::Text(test::Prepare(op));
}

using Op = OneOperator;

const Damage kDamages[] = {
    {"NoOptions", Lstm, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"Activation", Lstm,
     [](Op& op) {
       op.options = test::LstmOptions(0.0f, false, schema::ActivationFunctionType::RELU);
     },
     kUnsupported, "activation"},
    {"NegativeClip", Lstm, [](Op& op) { op.options = test::LstmOptions(-1.0f); }, kInvalid,
     "limit"},
    {"NoNumberClip", Lstm, [](Op& op) { op.options = test::LstmOptions(NAN); }, kInvalid, "limit"},
    {"TimeMajor", Lstm, [](Op& op) { op.options = test::LstmOptions(0.0f, true); }, kInvalid,
     "state: number of elements"},
    {"CoupledGate", Lstm, [](Op& op) { op.inputs[1] = Absent(); }, kUnsupported, "absent"},
    {"NoBias", Lstm, [](Op& op) { op.inputs[13] = Absent(); }, kUnsupported, "absent"},
    {"Peephole", Lstm, [](Op& op) { op.inputs[9] = Weights({4}); }, kUnsupported, "peephole"},
    {"Projection", Lstm,
     [](Op& op) {
       op.inputs[16] = Weights({4, 4});
     },
     kUnsupported, "projection"},
    {"FewInputs", Lstm, [](Op& op) { op.inputs.resize(19); }, kUnsupported, "absent"},
    {"WeightsShape", Lstm,
     [](Op& op) {
       op.inputs[3] = Weights({4, 6});
     },
     kInvalid, "depth"},
    {"RecurrentShape", Lstm,
     [](Op& op) {
       op.inputs[8] = Weights({5, 4});
     },
     kInvalid, "units"},
    {"WeightsZeroPoint", Lstm, [](Op& op) { op.inputs[2].zero_points = {1}; }, kUnsupported,
     "zero point"},
    {"WeightsNotQuantized", Lstm, [](Op& op) { op.inputs[2].scales = {}; }, kInvalid, "scales"},
    {"BiasSize", Lstm,
     [](Op& op) {
       op.inputs[12] = test::Int32({3}, {1, 2, 3});
     },
     kInvalid, "bias"},
    {"BiasType", Lstm, [](Op& op) { op.inputs[15] = Weights({4}); }, kUnsupported, "bias"},
    {"StateSize", Lstm,
     [](Op& op) {
       op.inputs[18].shape = {2, 5};
     },
     kInvalid, "state"},
    {"StateType", Lstm, [](Op& op) { op.inputs[19].type = TensorType::INT8; }, kUnsupported,
     "state"},
    {"StateNoVariable", Lstm, [](Op& op) { op.inputs[19].is_variable = false; }, kInvalid,
     "variable"},
    {"StateConstant", Lstm, [](Op& op) { op.inputs[18].data.assign(8, 0); }, kInvalid, "variable"},
    {"CellScaleHuge", Lstm, [](Op& op) { op.inputs[19].scales = {8.0f}; }, kUnsupported, "cell"},
    {"OutputRank", Lstm,
     [](Op& op) {
       op.outputs[0] = Int8({6, 4});
     },
     kInvalid, "rank"},
    {"OutputTimes", Lstm,
     [](Op& op) {
       op.outputs[0] = Int8({2, 4, 4});
     },
     kInvalid, "times"},
    {"OutputType", Lstm, [](Op& op) { op.outputs[0].type = TensorType::INT16; }, kUnsupported,
     "output"},
};

class DamagedLstmTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedLstmTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedLstmTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
