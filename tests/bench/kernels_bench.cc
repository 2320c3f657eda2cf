// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Times the kernels of choice (earshot/kernels/kernel_sets.h) and the reference kernels in turns,
// so that both see the same machine, on layers of keyword models and on the shipped model:
//
//   [EARSHOT_KERNELS=portable] kernels_bench [--benchmark_filter=...]
//
// Time is that of the kernels of choice; `reference` is that of the reference kernels in the same
// unit, and `ratio` how many times as long they take.

#include <benchmark/benchmark.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/kernel_sets.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/status_text.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::ModelBuilder;
using test::Random;

constexpr size_t kArenaBytes = size_t{1} << 18;
constexpr uint32_t kSeed = 1;

void ThrowUnlessOk(const Status& status) {
  char text[kStatusTextBytes];
  if (!status.ok()) throw std::runtime_error(StatusText(status, text));
}

// A model in an arena of its own, ready to run with one set of kernels.
class Runner {
 public:
  Runner(const Model& model, const OperatorResolver& resolver)
      : arena_(kArenaBytes), interpreter_(model, resolver, arena_.span()) {
    ThrowUnlessOk(interpreter_.AllocateTensors());
  }

  // The time of one inference, in seconds. Inputs share their memory with other tensors, so they
  // are written again before each.
  double Run() {
    Random random(kSeed);
    for (uint8_t& byte : interpreter_.input(0).bytes) {
      byte = static_cast<uint8_t>(random.Between(0, UINT8_MAX));
    }
    const auto begin = std::chrono::steady_clock::now();
    ThrowUnlessOk(interpreter_.Invoke());
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    return taken.count();
  }

 private:
  AlignedBytes arena_;
  Interpreter interpreter_;
};

void Compare(benchmark::State& state, const std::vector<uint8_t>& bytes) {
  const AlignedBytes file(bytes);
  Model model;
  ThrowUnlessOk(Model::Load(file.span(), &model));
  Runner chosen(model, AllKernelsResolver());
  Runner reference(model, KernelSets()[0]->kernels);
  double chosen_seconds = 0.0;
  double reference_seconds = 0.0;
  for (auto unused : state) {
    static_cast<void>(unused);
    reference_seconds += reference.Run();
    const double seconds = chosen.Run();
    chosen_seconds += seconds;
    state.SetIterationTime(seconds);
  }
  constexpr double kMicrosecondsPerSecond = 1e6;
  state.counters["reference"] = benchmark::Counter(reference_seconds * kMicrosecondsPerSecond,
                                                   benchmark::Counter::kAvgIterations);
  state.counters["ratio"] = reference_seconds / chosen_seconds;
}

// A model of one operator with one scale everywhere and random weights.
std::vector<uint8_t> OneOperator(BuiltinOperator op, const std::vector<int32_t>& input,
                                 const std::vector<int32_t>& weights,
                                 const std::vector<int32_t>& output, int32_t channel_axis,
                                 const test::OperatorOptions& options) {
  constexpr float kScale = 0.05f;
  Random random(kSeed);
  size_t count = 1;
  for (const int32_t extent : weights) count *= static_cast<size_t>(extent);
  const std::vector<int32_t> bias(static_cast<size_t>(output.back()), 100);
  ModelBuilder builder;
  const int in = builder.AddTensor({input, TensorType::INT8, {kScale}, {-128}});
  const int filter = builder.AddTensor(
      {weights, TensorType::INT8, {kScale}, {0}, test::BytesOf(random.Int8(count)), channel_axis});
  const int offsets =
      builder.AddTensor({{output.back()}, TensorType::INT32, {}, {}, test::BytesOf(bias)});
  const int out = builder.AddTensor({output, TensorType::INT8, {1.0f}, {-128}});
  builder.AddOperator(op, {in, filter, offsets}, {out}, options);
  builder.SetInputs({in});
  builder.SetOutputs({out});
  const AlignedBytes file = builder.Build();
  return {file.span().begin(), file.span().end()};
}

void Register(const std::string& name, const std::vector<uint8_t>& bytes) {
  benchmark::RegisterBenchmark(name.c_str(), Compare, bytes)
      ->UseManualTime()
      ->Unit(benchmark::kMicrosecond);
}

void RegisterAll() {
  test::WindowSpec stride2;
  stride2.stride_h = stride2.stride_w = 2;
  const test::WindowSpec stride1;
  Register("tiny_conv/depthwise_10x8x8",
           OneOperator(BuiltinOperator::DEPTHWISE_CONV_2D, {1, 49, 40, 1}, {1, 10, 8, 8},
                       {1, 25, 20, 8}, 3, test::DepthwiseConv2DOptions(stride2, 8)));
  Register("tiny_conv/fully_connected_4000x4",
           OneOperator(BuiltinOperator::FULLY_CONNECTED, {1, 4000}, {4, 4000}, {1, 4}, 0,
                       test::FullyConnectedOptions()));
  Register("ds_cnn/conv_10x4x64",
           OneOperator(BuiltinOperator::CONV_2D, {1, 49, 10, 1}, {64, 10, 4, 1}, {1, 25, 5, 64}, 0,
                       test::Conv2DOptions(stride2)));
  Register("ds_cnn/depthwise_3x3x64",
           OneOperator(BuiltinOperator::DEPTHWISE_CONV_2D, {1, 25, 5, 64}, {1, 3, 3, 64},
                       {1, 25, 5, 64}, 3, test::DepthwiseConv2DOptions(stride1, 1)));
  Register("ds_cnn/pointwise_64x64",
           OneOperator(BuiltinOperator::CONV_2D, {1, 25, 5, 64}, {64, 1, 1, 64}, {1, 25, 5, 64}, 0,
                       test::Conv2DOptions(stride1)));
  Register("tiny_conv_yes_no",
           test::ReadBytes(test::SourcePath("models/tiny_conv_yes_no/model.tflite")));
}

}  // namespace
}  // namespace earshot

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  try {
    earshot::RegisterAll();
    benchmark::RunSpecifiedBenchmarks();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "kernels_bench: %s\n", error.what());
    return 1;
  }
  benchmark::Shutdown();
  return 0;
}
