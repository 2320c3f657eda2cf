// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels of layers that remember: their first invoke.

#include <string>
#include <vector>

#include "tests/kernels/lstm_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

KernelCase Lstm(uint32_t seed, TensorType type) {
  Random random(seed);
  const LstmSpec spec = AnyLstm(random, type);
  const TensorSpec input = {LstmShapeOf(spec, spec.depth), type};
  return {"UNIDIRECTIONAL_SEQUENCE_LSTM " + std::to_string(seed),
          LstmModel(spec),
          {AnyContent(random, input)}};
}

KernelCase Svdf(uint32_t seed, TensorType state_type) {
  Random random(seed);
  const bool real = state_type == TensorType::FLOAT32;
  const TensorType type = real ? TensorType::FLOAT32 : TensorType::INT8;
  const int32_t batches = random.Between(1, 2), depth = random.Between(1, 20),
                rank = random.Between(1, 3), units = random.Between(1, 5),
                memory = random.Between(1, 6);
  const auto tensor = [&](std::vector<int32_t> shape, TensorType of, float scale) -> TensorSpec {
    if (real) return {std::move(shape), TensorType::FLOAT32};
    return {std::move(shape), of, {scale}, {0}};
  };
  const auto constant = [&](TensorSpec made) {
    made.data = AnyContent(random, made);
    return made;
  };
  TensorSpec state = tensor({batches, units * rank * memory}, state_type, 0.5f);
  state.is_variable = true;
  return MakeCase(
      random, std::to_string(seed), BuiltinOperator::SVDF,
      {tensor({batches, depth}, type, 0.1f), constant(tensor({units * rank, depth}, type, 0.05f)),
       constant(tensor({units * rank, memory}, state_type, 0.02f)),
       constant(tensor({units}, TensorType::INT32, 0.01f)), state},
      tensor({batches, units}, type, 0.3f), SvdfOptions(rank));
}

}  // namespace

std::vector<KernelCase> RecurrentCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const TensorType type : {TensorType::FLOAT32, TensorType::INT8, TensorType::INT16}) {
      cases.push_back(Lstm(seed, type));
      cases.push_back(Svdf(seed, type));
    }
  }
  return cases;
}

}  // namespace earshot::test
