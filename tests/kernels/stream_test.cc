// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that keep a part of their stream, against the whole stream.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/stream_model.h"
#include "tests/support/repeated_runs.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::Random;
using test::RepeatedRuns;
using test::SignalModel;
using test::SignalOperator;

constexpr int kInvokes = 12;
constexpr int kReset = 7;  // Before this one, all is forgotten.

std::vector<int16_t> Samples(Random& random, int32_t count) {
  std::vector<int16_t> samples(static_cast<size_t>(count));
  for (int16_t& sample : samples) sample = static_cast<int16_t>(random.Between(-32768, 32767));
  return samples;
}

bool Told(RepeatedRuns& runs, size_t output = 1) {
  return runs.interpreter().output(output).bytes[0] != 0;
}

void Append(std::vector<int16_t>& stream, const std::vector<int16_t>& from, size_t begin,
            size_t count) {
  const auto first = from.begin() + static_cast<ptrdiff_t>(begin);
  stream.insert(stream.end(), first, first + static_cast<ptrdiff_t>(count));
}

TEST(StreamTest, FramesOverlapAndBeginWhereTheStreamDoes) {
  Random random(1);
  for (int round = 0; round < 40; ++round) {
    const int32_t streams = random.Between(1, 3), steps = random.Between(1, 3);
    const int32_t step = random.Between(1, 7), size = random.Between(1, 20);
    const bool prefill = size >= step && random.Between(0, 1) != 0;
    RepeatedRuns runs(SignalModel(test::Framer(streams, steps, size, step, prefill)));
    const auto row = static_cast<size_t>(steps * step);
    const std::vector<int16_t> zeros(static_cast<size_t>(prefill ? size - step : 0), 0);
    std::vector<std::vector<int16_t>> all(static_cast<size_t>(streams), zeros);
    int32_t taken = 0;
    for (int invoke = 0; invoke < kInvokes; ++invoke, taken += steps) {
      if (invoke == kReset) {
        runs.interpreter().ResetVariables();
        std::fill(all.begin(), all.end(), zeros);
        taken = 0;
      }
      const auto input = Samples(random, streams * steps * step);
      for (size_t s = 0; s < all.size(); ++s) Append(all[s], input, s * row, row);
      const auto output = runs.Run(input);
      bool complete = true;
      size_t at = 0;
      for (const std::vector<int16_t>& stream : all) {
        // Frame k of the stream begins at sample k * step, as soon as it is complete.
        const int32_t waits = (size - 1) / step;
        for (int32_t k = 0; k < steps; ++k) {
          const int32_t known = static_cast<int32_t>(zeros.size()) + (taken + k + 1) * step;
          const int32_t frame = prefill ? taken + k : taken + k - waits;
          const bool is_there = known >= size;
          complete = complete && is_there;
          for (int32_t i = 0; i < size; ++i) {
            const int16_t wanted = is_there ? stream[static_cast<size_t>(frame * step + i)] : 0;
            ASSERT_EQ(output[at++], wanted) << round << " " << invoke << " " << k << " " << i;
          }
        }
      }
      ASSERT_EQ(Told(runs), complete) << round << " " << invoke;
    }
  }
}

TEST(StreamTest, FramesAreStackedOnTheirNeighbours) {
  Random random(2);
  for (int round = 0; round < 40; ++round) {
    const int32_t channels = random.Between(1, 5), left = random.Between(0, 3);
    const int32_t right = random.Between(0, 3), step = random.Between(1, left + 1 + right);
    RepeatedRuns runs(SignalModel(test::Stacker(channels, left, right, step)));
    std::vector<int16_t> all;
    int32_t outputs = 0;
    for (int invoke = 0; invoke < kInvokes; ++invoke) {
      if (invoke == kReset) {
        runs.interpreter().ResetVariables();
        all.clear();
        outputs = 0;
      }
      const auto frame = Samples(random, channels);
      for (int32_t i = all.empty() ? left : 0; i >= 0; --i) Append(all, frame, 0, frame.size());
      const auto output = runs.Run(frame);
      const auto begin = static_cast<size_t>(outputs * step * channels);
      const bool is_full = all.size() >= begin + output.size();
      ASSERT_EQ(Told(runs), is_full) << round << " " << invoke;
      for (size_t i = 0; i < output.size(); ++i) {
        ASSERT_EQ(output[i], is_full ? all[begin + i] : 0) << round << " " << invoke;
      }
      if (is_full) ++outputs;
    }
  }
}

TEST(StreamTest, DelayedSamplesComeLater) {
  Random random(3);
  for (int round = 0; round < 40; ++round) {
    const int32_t streams = random.Between(1, 3), size = random.Between(1, 9);
    const int32_t delay = random.Between(0, 25);
    RepeatedRuns runs(SignalModel(test::Delay(streams, size, delay)));
    const std::vector<int16_t> zeros(static_cast<size_t>(delay), 0);
    std::vector<std::vector<int16_t>> all(static_cast<size_t>(streams), zeros);
    size_t begin = 0;
    for (int invoke = 0; invoke < kInvokes; ++invoke, begin += static_cast<size_t>(size)) {
      if (invoke == kReset) {
        runs.interpreter().ResetVariables();
        std::fill(all.begin(), all.end(), zeros);
        begin = 0;
      }
      const auto input = Samples(random, streams * size);
      const auto output = runs.Run(input);
      for (size_t i = 0; i < input.size(); ++i) {
        const size_t s = i / static_cast<size_t>(size), k = i % static_cast<size_t>(size);
        all[s].push_back(input[i]);
        ASSERT_EQ(output[i], all[s][begin + k]) << round << " " << invoke << " " << i;
      }
    }
  }
}

// The sum of all frames that lie over a sample, each saturating on the one before.
template <typename T>
void CheckOverlapAdd(TensorType type, double lowest, double highest) {
  Random random(4);
  for (int round = 0; round < 40; ++round) {
    const int32_t streams = random.Between(1, 3), frames = random.Between(1, 3);
    const int32_t size = random.Between(1, 12), step = random.Between(1, size);
    RepeatedRuns runs(SignalModel(test::OverlapAdd(type, streams, frames, size, step)));
    std::vector<std::vector<double>> all(static_cast<size_t>(streams));
    int32_t first = 0;
    for (int invoke = 0; invoke < kInvokes; ++invoke, first += frames) {
      if (invoke == kReset) {
        runs.interpreter().ResetVariables();
        all.assign(all.size(), {});
        first = 0;
      }
      std::vector<T> input(static_cast<size_t>(streams * frames * size));
      for (T& value : input) value = static_cast<T>(random.Between(-32768, 32767));
      const auto output = runs.Run(input);
      for (int32_t s = 0, from = 0, to = 0; s < streams; ++s) {
        std::vector<double>& stream = all[static_cast<size_t>(s)];
        stream.resize(static_cast<size_t>((first + frames) * step + size), 0);
        for (int32_t frame = first; frame < first + frames; ++frame) {
          for (int32_t i = 0; i < size; ++i) {
            double& sum = stream[static_cast<size_t>(frame * step + i)];
            sum = std::clamp(sum + static_cast<double>(input[static_cast<size_t>(from++)]), lowest,
                             highest);
          }
        }
        for (int32_t i = first * step; i < (first + frames) * step; ++i) {
          ASSERT_EQ(output[static_cast<size_t>(to++)], stream[static_cast<size_t>(i)])
              << round << " " << invoke << " " << i;
        }
      }
    }
  }
}

TEST(StreamTest, OverlappingFramesAreAdded) {
  CheckOverlapAdd<int16_t>(TensorType::INT16, -32768, 32767);
  CheckOverlapAdd<float>(TensorType::FLOAT32, -1e9, 1e9);  // Whole numbers, whose sums are exact.
}

TEST(StreamTest, RingGivesTheLastInputsAndTellsEachNth) {
  Random random(5);
  for (int round = 0; round < 40; ++round) {
    const int32_t slots = random.Between(1, 6), width = random.Between(1, 3);
    const int32_t depth = random.Between(1, 5), cycles = random.Between(1, 4);
    const bool tells = round % 2 == 0;
    RepeatedRuns runs(SignalModel(test::Ring(slots, width, depth, cycles, tells)));
    std::vector<int8_t> wanted(static_cast<size_t>(slots * width * depth), -3);
    int32_t count = 0;
    for (int invoke = 0; invoke < kInvokes; ++invoke) {
      if (invoke == kReset) {
        runs.interpreter().ResetVariables();
        std::fill(wanted.begin(), wanted.end(), int8_t{-3});
        count = 0;
      }
      const auto input = random.Int8(static_cast<size_t>(width * depth));
      wanted.insert(wanted.end(), input.begin(), input.end());
      wanted.erase(wanted.begin(), wanted.begin() + width * depth);
      const auto output = runs.Run(input);
      const bool is_ready = ++count % cycles == 0;
      EXPECT_EQ(runs.interpreter().has_new_outputs(), tells || is_ready);
      if (tells) {
        EXPECT_EQ(Told(runs), is_ready) << round << " " << invoke;
      }
      if (tells || is_ready) {
        EXPECT_EQ(output, wanted) << round << " " << invoke;
      }
    }
  }
}

// So many inputs until there is an output.
int32_t Period(const SignalOperator& op) {
  RepeatedRuns runs(SignalModel(op));
  const size_t size = runs.interpreter().input(0).bytes.size();
  for (int32_t count = 1;; ++count) {
    runs.Run(std::vector<int8_t>(size, 1));
    if (runs.interpreter().has_new_outputs()) return count;
  }
}

TEST(StreamTest, RingWithoutAPeriodHasTheUsualOne) {
  EXPECT_EQ(Period(test::Ring(4, 1, 2, 0, false)), 2);
  EXPECT_EQ(Period(test::Ring(5, 1, 2, 0, false)), 1);
  EXPECT_EQ(Period(test::Ring(13, 1, 2, 0, false)), 1);
  EXPECT_EQ(Period(test::Ring(25, 1, 2, 0, false)), 1);
  EXPECT_EQ(Period(test::Ring(3, 2, 96, 0, false)), 2);
  EXPECT_EQ(Period(test::Ring(4, 1, 2, -1, false)), 2);
}

// Two rings in a row: the second one runs for the first time in the third Invoke(), and starts
// then.
TEST(StreamTest, OperatorsBehindARingStartWhenItLetsThem) {
  const SignalOperator first = test::Ring(2, 1, 1, 3, false);
  const SignalOperator second = test::Ring(3, 2, 1, 2, false);
  test::ModelBuilder model;
  const int32_t input = model.AddTensor(first.inputs[0]);
  const int32_t window = model.AddTensor(first.outputs[0]);
  const int32_t row = model.AddTensor(second.inputs[0]);
  const int32_t output = model.AddTensor(second.outputs[0]);
  model.AddCustomOperator("CIRCULAR_BUFFER", {input}, {window}, test::Flexbuffer(first.options));
  model.AddOperator(BuiltinOperator::RESHAPE, {window}, {row});
  model.AddCustomOperator("CIRCULAR_BUFFER", {row}, {output}, test::Flexbuffer(second.options));
  model.SetInputs({input});
  model.SetOutputs({output});
  RepeatedRuns runs(model);
  for (int round = 0; round < 2; ++round) {
    for (int8_t i = 1; i < 6; ++i) {
      runs.Run(std::vector<int8_t>{i});
      EXPECT_FALSE(runs.interpreter().has_new_outputs()) << int{i};
    }
    EXPECT_EQ(runs.Run(std::vector<int8_t>{6}), (std::vector<int8_t>{-3, -3, 2, 3, 5, 6}));
    EXPECT_TRUE(runs.interpreter().has_new_outputs());
    runs.interpreter().ResetVariables();
  }
}

struct StreamRefusal {
  const char* name;
  SignalOperator op;
  StatusCode code;
  const char* text;
};

class StreamRefusalTest : public testing::TestWithParam<StreamRefusal> {};

TEST_P(StreamRefusalTest, SaysWhatIsWrong) {
  const Status status = test::RunModel(SignalModel(GetParam().op), {}).status;
  EXPECT_EQ(status.code, GetParam().code);
  EXPECT_NE(test::Text(status).find(GetParam().text), std::string::npos) << test::Text(status);
}

SignalOperator With(SignalOperator op, size_t option, int64_t value) {
  op.options[option].second = value;
  return op;
}

SignalOperator WithShape(SignalOperator op, std::vector<int32_t> shape) {
  op.outputs[0].shape = std::move(shape);
  return op;
}

SignalOperator WithTold(SignalOperator op, test::TensorSpec told) {
  op.outputs[1] = std::move(told);
  return op;
}

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

INSTANTIATE_TEST_SUITE_P(
    All, StreamRefusalTest,
    testing::Values(
        StreamRefusal{"FramerStep", With(test::Framer(1, 2, 4, 2, false), 1, 0), kInvalid,
                      "frame_step"},
        StreamRefusal{"FramerHalfStep", With(test::Framer(1, 3, 4, 1, false), 1, 2), kInvalid,
                      "samples of whole steps"},
        StreamRefusal{"FramerPrefill", test::Framer(1, 1, 2, 3, true), kInvalid, "prefill"},
        StreamRefusal{"FramerOutput", WithShape(test::Framer(1, 2, 4, 2, false), {1, 2, 5}),
                      kInvalid, "output: number of elements"},
        StreamRefusal{"FramerTold",
                      WithTold(test::Framer(1, 2, 4, 2, false), {{2}, TensorType::BOOL}), kInvalid,
                      "a truth"},
        StreamRefusal{"StackerStep", With(test::Stacker(2, 1, 1, 1), 3, 4), kUnsupported,
                      "stacker_step"},
        StreamRefusal{"StackerContext", With(test::Stacker(2, 1, 1, 1), 1, -1), kInvalid,
                      "an option"},
        StreamRefusal{"StackerChannels", With(test::Stacker(2, 1, 1, 1), 0, 3), kInvalid,
                      "input: number of elements"},
        StreamRefusal{"StackerTold", WithTold(test::Stacker(2, 1, 1, 1), {{}, TensorType::INT8}),
                      kUnsupported, "output 1: type"},
        StreamRefusal{"Delay", With(test::Delay(1, 4, 1), 0, -1), kInvalid, "delay_length"},
        StreamRefusal{"DelayOutput", WithShape(test::Delay(1, 4, 1), {1, 5}), kInvalid,
                      "output: number of elements"},
        StreamRefusal{"OverlapAddStep", With(test::OverlapAdd(TensorType::INT16, 1, 2, 4, 2), 1, 5),
                      kInvalid, "frame_step"},
        StreamRefusal{"OverlapAddOutput",
                      WithShape(test::OverlapAdd(TensorType::INT16, 1, 2, 4, 2), {1, 5}), kInvalid,
                      "output: number of elements"},
        StreamRefusal{"RingDepth", WithShape(test::Ring(3, 1, 2, 1), {1, 3, 1, 3}), kInvalid,
                      "output: extent"},
        StreamRefusal{"RingRank", WithShape(test::Ring(3, 1, 2, 1), {3, 1, 2}), kInvalid,
                      "output: rank"},
        StreamRefusal{"RingTold", WithTold(test::Ring(3, 1, 2, 1), {{1}, TensorType::INT8}),
                      kUnsupported, "output 1: type"}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
