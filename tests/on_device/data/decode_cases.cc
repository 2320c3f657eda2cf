// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLM_DECODE, of each kind of code.

#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/decode_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {

std::vector<KernelCase> DecodeCases() {
  constexpr uint32_t kCases = 3;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    Random random(seed);
    const std::vector<Encoded> tensors = {
        MakeLookUp(random, DecodedInt8(random, {4, 9}, true, static_cast<int32_t>(seed % 2), true),
                   seed + 3),
        MakeLookUp(random, {{11}, TensorType::FLOAT32}, 2),
        MakeHuffman(random, {{30}, TensorType::INT8, {0.5f}, {0}}, seed % 2 != 0, 4),
        MakePruned(random, DecodedInt8(random, {5, 6}, true, 1, true)),
        MakePruned(random, {{12}, TensorType::INT64})};
    cases.push_back(
        {"TFLM_DECODE " + std::to_string(seed), DecodeModel(tensors), {BytesOf(random.Int8(4))}});
  }
  return cases;
}

}  // namespace earshot::test
