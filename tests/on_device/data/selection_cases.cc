// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that choose elements by places, and those that change their type.

#include <string>
#include <utility>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

TensorSpec Tensor(TensorType type, std::vector<int32_t> shape) {
  if (type == TensorType::INT8) return Int8(std::move(shape), 0.25f, -7);
  return {std::move(shape), type};
}

std::string Name(TensorType type, uint32_t seed) {
  return std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed);
}

KernelCase Gather(uint32_t seed, TensorType type) {
  Random random(seed);
  const auto axis = static_cast<int32_t>(seed % 3);
  const std::vector<int32_t> shape = {random.Between(1, 3), 4, random.Between(1, 5)};
  std::vector<int32_t> output = shape;
  output[static_cast<size_t>(axis)] = 3;
  return MakeCase(random, Name(type, seed), BuiltinOperator::GATHER,
                  {Tensor(type, shape), Constant({3}, {-1, 0, 9})}, Tensor(type, output),
                  GatherOptions(axis, 0));
}

KernelCase EmbeddingLookup(uint32_t seed, TensorType from, TensorType to) {
  Random random(seed);
  const int32_t columns = random.Between(1, 5);
  TensorSpec table = Tensor(from, {4, columns});
  if (from != to) table.zero_points = {0};
  return MakeCase(random, Name(from, seed) + " to " + schema::EnumNameTensorType(to),
                  BuiltinOperator::EMBEDDING_LOOKUP, {Constant({3}, {3, 0, 3}), table},
                  Tensor(to, {3, columns}));
}

KernelCase ResizeNearestNeighbor(uint32_t seed, TensorType type) {
  Random random(seed);
  const int32_t height = random.Between(1, 7), width = random.Between(1, 7);
  return MakeCase(random, Name(type, seed), BuiltinOperator::RESIZE_NEAREST_NEIGHBOR,
                  {Tensor(type, {2, 3, 4, 3}), Constant({2}, {height, width})},
                  Tensor(type, {2, height, width, 3}),
                  ResizeNearestNeighborOptions((seed & 1) != 0, (seed & 2) != 0));
}

KernelCase Cast(uint32_t seed, TensorType from, TensorType to) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 20)};
  return MakeCase(random, Name(from, seed) + " to " + schema::EnumNameTensorType(to),
                  BuiltinOperator::CAST, {{shape, from}}, {shape, to});
}

}  // namespace

std::vector<KernelCase> SelectionCases() {
  constexpr TensorType kCastTypes[] = {TensorType::BOOL,   TensorType::FLOAT32, TensorType::INT16,
                                       TensorType::INT32,  TensorType::INT64,   TensorType::INT8,
                                       TensorType::UINT32, TensorType::UINT8};
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const TensorType type : {TensorType::INT8, TensorType::FLOAT32, TensorType::INT64}) {
      cases.push_back(Gather(seed, type));
      cases.push_back(ResizeNearestNeighbor(seed, type));
    }
    cases.push_back(EmbeddingLookup(seed, TensorType::INT8, TensorType::INT8));
    cases.push_back(EmbeddingLookup(seed, TensorType::INT8, TensorType::FLOAT32));
    cases.push_back(EmbeddingLookup(seed, TensorType::FLOAT32, TensorType::FLOAT32));
  }
  for (const TensorType from : kCastTypes) {
    for (const TensorType to : kCastTypes) cases.push_back(Cast(1, from, to));
  }
  return cases;
}

}  // namespace earshot::test
