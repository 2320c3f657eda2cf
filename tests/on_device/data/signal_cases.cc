// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The operators of TFLM's Signal library.

#include <string>
#include <vector>

#include "tests/kernels/signal_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

TensorSpec Of(TensorType type, std::vector<int32_t> shape) { return {std::move(shape), type}; }

std::vector<int16_t> Gains() {
  std::vector<int16_t> gains(125);
  for (size_t i = 0; i < gains.size(); ++i) gains[i] = static_cast<int16_t>(30000 - 200 * i);
  return gains;
}

std::vector<SignalOperator> Operators(Random& random) {
  const int32_t size = random.Between(5, 16), channels = random.Between(1, 9);
  const TensorSpec frame = Of(TensorType::INT16, {2, size});
  const TensorSpec weights = {{size}, TensorType::INT16};
  const TensorSpec numbers = Of(TensorType::UINT32, {channels});
  TensorSpec coefficients = weights;
  coefficients.data = AnyContent(random, weights);
  return {
      {"SignalWindow", {frame, coefficients}, {frame}, {{"shift", random.Between(0, 15)}}},
      {"SignalFftAutoScale", {frame}, {frame, Of(TensorType::INT32, {})}},
      {"SignalRfft", {frame}, {Of(TensorType::INT16, {2, 18})}, {{"fft_length", 16}}},
      {"SignalEnergy",
       {Of(TensorType::INT16, {2 * channels})},
       {numbers},
       {{"start_index", channels / 3}, {"end_index", channels}}},
      SmallFilterBank(),
      {"SignalFilterBankSquareRoot",
       {Of(TensorType::UINT64, {channels}), Of(TensorType::INT32, {})},
       {numbers}},
      SpectralSubtraction(channels, random.Between(0, 1) != 0),
      {"SignalPCAN",
       {numbers, numbers, SignalConstant(Gains(), TensorType::INT16)},
       {numbers},
       {{"snr_shift", random.Between(0, 12)}}},
      {"SignalFilterBankLog",
       {numbers},
       {Of(TensorType::INT16, {channels})},
       {{"input_correction_bits", random.Between(0, 3)}, {"output_scale", 64}}},
  };
}

}  // namespace

std::vector<KernelCase> SignalCases() {
  constexpr uint32_t kCases = 3;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    Random random(seed);
    for (const SignalOperator& op : Operators(random)) {
      KernelCase made = {op.name + " " + std::to_string(seed), SignalModel(op), {}};
      for (const TensorSpec& input : op.inputs) {
        if (input.data.empty()) made.inputs.push_back(AnyContent(random, input));
      }
      cases.push_back(std::move(made));
    }
  }
  return cases;
}

}  // namespace earshot::test
