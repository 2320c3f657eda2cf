// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers whose weights are of another type than their input: hybrid ones, and int4 weights.

#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/any_layer.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

// Each second one has a scale for each output channel.
TensorSpec WeightsOf(Random& random, const AnyLayer& layer, TensorType type, uint32_t seed) {
  std::vector<float> scales = {random.Scale()};
  for (int32_t i = 1; seed % 2 == 1 && i < layer.channels; ++i) scales.push_back(random.Scale());
  const size_t count = Elements(layer.weights);
  const size_t bytes = type == TensorType::INT4 ? (count + 1) / 2 : count;
  return {layer.weights,
          type,
          scales,
          std::vector<int64_t>(scales.size(), 0),
          BytesOf(random.Int8(bytes)),
          layer.channel_axis};
}

KernelCase HybridCase(uint32_t seed, BuiltinOperator op) {
  Random random(seed);
  const AnyLayer layer = MakeLayer(random, op);
  return MakeCase(
      random, "hybrid " + std::to_string(seed), op,
      {Float32(layer.input), WeightsOf(random, layer, TensorType::INT8, seed),
       Float32({layer.channels}, Reals(random, static_cast<size_t>(layer.channels), 2.0f))},
      Float32(layer.output), layer.Options(seed >= 2));
}

KernelCase Int4Case(uint32_t seed, BuiltinOperator op) {
  Random random(seed);
  const AnyLayer layer = MakeLayer(random, op);
  return MakeCase(random, "int4 " + std::to_string(seed), op,
                  {Int8(layer.input, 0.1f, 3), WeightsOf(random, layer, TensorType::INT4, seed)},
                  Int8(layer.output, 0.5f, -4), layer.Options());
}

}  // namespace

std::vector<KernelCase> WeightTypeCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const BuiltinOperator op : kLayers) {
      cases.push_back(HybridCase(seed, op));
      cases.push_back(Int4Case(seed, op));
    }
  }
  return cases;
}

}  // namespace earshot::test
