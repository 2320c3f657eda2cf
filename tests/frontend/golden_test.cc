// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The whole front end against features that TensorFlow Lite Micro's own computed.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/frontend/feature_quantization.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/standard_tables.h"
#include "tests/frontend/run_frontend.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

using test::RunFrontend;

template <typename T>
std::vector<T> Load(const std::string& path) {
  return host::ReadNpy(path).As<T>();
}

std::vector<int8_t> Quantize(const std::vector<uint16_t>& features) {
  std::vector<int8_t> quantized;
  for (const uint16_t feature : features) quantized.push_back(QuantizeFeature(feature));
  return quantized;
}

// Chunk sizes, to be cycled through: those with which the golden features were made, each of which
// gave the same result.
std::vector<std::vector<size_t>> ChunkSchedules() {
  std::vector<std::vector<size_t>> schedules = {
      {1},   {7},   {160}, {161},  {333},
      {480}, {481}, {512}, {1000}, {3, 479, 1, 320, 319, 321, 17, 1024}};
  std::vector<size_t> pseudo_random;
  uint32_t x = 12345;
  for (int i = 0; i < 97; ++i) {
    x = x * 1664525u + 1013904223u;
    pseudo_random.push_back(1 + (x >> 16) % 700);
  }
  schedules.push_back(pseudo_random);
  return schedules;
}

// `base` is the path of a signal's files without ".pcm.npy".
void ExpectGolden(const std::string& base) {
  SCOPED_TRACE(base);
  const auto pcm = Load<int16_t>(base + ".pcm.npy");
  for (const auto& [stride, name] : {std::pair{320, "fe20"}, std::pair{160, "fe10"}}) {
    SCOPED_TRACE(name);
    const auto expected = Load<uint16_t>(base + "." + name + "_u16.npy");
    const test::FrontendRun whole = RunFrontend(kStandardTables, stride, pcm, {pcm.size()});
    ASSERT_EQ(whole.features, expected);
    EXPECT_EQ(Quantize(whole.features), Load<int8_t>(base + "." + name + "_i8.npy"));
    if (stride == 320) {
      EXPECT_EQ(whole.noise_estimate, Load<uint32_t>(base + ".fe20_end_noise.npy"));
    }
    for (const std::vector<size_t>& chunks : ChunkSchedules()) {
      const test::FrontendRun chunked = RunFrontend(kStandardTables, stride, pcm, chunks);
      ASSERT_EQ(chunked.features, expected) << "first chunk: " << chunks[0];
      ASSERT_EQ(chunked.noise_estimate, whole.noise_estimate);
    }
  }
}

TEST(FrontendGoldenTest, SignalsOfTheRepository) {
  for (const char* name : {"syn_impulse_neg_centre", "syn_len_479", "syn_len_480", "syn_len_800",
                           "syn_noise_lsb", "syn_square_full"}) {
    ExpectGolden(test::GoldenPath("frontend/") + name);
  }
}

TEST(FrontendGoldenTest, AllSignals) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const auto index = test::ReadTsv(test::SharedPath("golden/frontend/index.tsv"));
  ASSERT_GT(index.size(), 20u);
  for (size_t i = 1; i < index.size(); ++i) {
    ExpectGolden(test::SharedPath("golden/frontend/") + index[i][0]);
  }
}

}  // namespace
}  // namespace earshot
