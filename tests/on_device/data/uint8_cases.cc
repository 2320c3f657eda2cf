// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Operators on uint8.

#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/any_layer.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

TensorSpec Uint8(std::vector<int32_t> shape, float scale, int32_t zero_point) {
  return {std::move(shape), TensorType::UINT8, {scale}, {zero_point}};
}

KernelCase Layer(uint32_t seed, BuiltinOperator op) {
  Random random(seed);
  const AnyLayer layer = MakeLayer(random, op);
  TensorSpec weights = Uint8(layer.weights, random.Scale(), random.Between(0, 255));
  weights.data = AnyContent(random, weights);
  return MakeCase(random, "uint8 " + std::to_string(seed), op,
                  {Uint8(layer.input, random.Scale(), random.Between(0, 255)), weights},
                  Uint8(layer.output, 20.0f * random.Scale(), random.Between(0, 255)),
                  layer.Options());
}

void AddOthers(uint32_t seed, std::vector<KernelCase>& cases) {
  Random random(seed);
  const std::vector<int32_t> shape = {1, random.Between(2, 6), 4, 2};
  const TensorSpec image = Uint8(shape, random.Scale(), random.Between(0, 255));
  const TensorSpec parts = Uint8(shape, 1.0f / 256, 0);
  const std::string name = "uint8 " + std::to_string(seed);
  cases.push_back(MakeCase(random, name, BuiltinOperator::ADD,
                           {image, Uint8(shape, random.Scale(), 77)},
                           Uint8(shape, random.Scale(), 55), AddOptions()));
  for (const auto op : {BuiltinOperator::AVERAGE_POOL_2D, BuiltinOperator::MAX_POOL_2D}) {
    cases.push_back(MakeCase(random, name, op, {image}, image, Pool2DOptions({}, 2, 3)));
  }
  cases.push_back(
      MakeCase(random, name, BuiltinOperator::SOFTMAX, {image}, parts, SoftmaxOptions()));
  cases.push_back(MakeCase(random, name, BuiltinOperator::LOGISTIC, {image}, parts));
  cases.push_back(MakeCase(random, name, BuiltinOperator::QUANTIZE, {Float32(shape)}, image));
  cases.push_back(MakeCase(random, name, BuiltinOperator::MUL, {image, image},
                           Uint8(shape, 20.0f * random.Scale(), 44), MulOptions()));
  cases.push_back(
      MakeCase(random, name, BuiltinOperator::RELU, {image}, Uint8(shape, random.Scale(), 33)));
  cases.push_back(MakeCase(random, name, BuiltinOperator::RELU6, {image}, image));
  TensorSpec larger = image;
  larger.shape = {1, 7, 5, 2};
  cases.push_back(MakeCase(random, name, BuiltinOperator::RESIZE_BILINEAR,
                           {image, Constant({2}, {7, 5})}, larger,
                           ResizeBilinearOptions(false, true)));
  const TensorSpec indices = {{1, shape[1], 4}, TensorType::INT32};
  for (const auto op : {BuiltinOperator::ARG_MAX, BuiltinOperator::ARG_MIN}) {
    cases.push_back(MakeCase(random, name, op, {image, Constant({}, {3})}, indices));
  }
}

}  // namespace

std::vector<KernelCase> Uint8Cases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const BuiltinOperator op : kLayers) cases.push_back(Layer(seed, op));
    AddOthers(seed, cases);
  }
  return cases;
}

}  // namespace earshot::test
