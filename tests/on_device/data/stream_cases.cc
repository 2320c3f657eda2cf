// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators that keep a part of their stream, and the FFTs between them: their first invoke.

#include <string>
#include <vector>

#include "tests/kernels/stream_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

SignalOperator Fft(const char* name, TensorType type, int32_t size, int32_t output_size,
                   int32_t length) {
  return {name,
          {{{2, size}, type}},
          {{{2, output_size}, type}},
          {{"T", static_cast<int64_t>(type)}, {"fft_length", length}}};
}

std::vector<SignalOperator> Operators(Random& random) {
  const int32_t size = random.Between(4, 16), step = random.Between(1, size);
  const int32_t streams = random.Between(1, 3), left = random.Between(0, 2);
  std::vector<SignalOperator> operators = {
      Framer(streams, 3, size, step, random.Between(0, 1) != 0),
      Stacker(size, left, random.Between(0, 1), 1),
      Delay(streams, size, random.Between(0, 2 * size)),
      OverlapAdd(TensorType::FLOAT32, streams, 2, size, step),
      OverlapAdd(TensorType::INT16, streams, 2, size, step),
      Ring(random.Between(1, 5), 2, size, random.Between(1, 3)),
  };
  const int32_t length = 8 << random.Between(0, 3);
  for (const TensorType type : {TensorType::FLOAT32, TensorType::INT16, TensorType::INT32}) {
    operators.push_back(Fft("SignalRfft", type, length - 3, length + 2, length));
    operators.push_back(Fft("SignalIrfft", type, length + 2, length, length));
  }
  return operators;
}

}  // namespace

std::vector<KernelCase> StreamCases() {
  constexpr uint32_t kCases = 3;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    Random random(seed);
    for (const SignalOperator& op : Operators(random)) {
      cases.push_back({op.name + " " + std::to_string(seed),
                       SignalModel(op),
                       {AnyContent(random, op.inputs[0])}});
    }
  }
  return cases;
}

}  // namespace earshot::test
