// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "features.h"

#include "earshot/frontend/feature_quantization.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/standard_tables.h"

namespace {

constexpr int32_t kStrideSamples = 320;
alignas(earshot::Frontend::kMemoryAlignment) uint8_t memory[8192];

}  // namespace

bool GenerateFeatures(const int16_t* samples, size_t sample_count, int8_t* features,
                      size_t feature_count) {
  earshot::Frontend frontend;
  if (!earshot::Frontend::Create(earshot::kStandardTables, kStrideSamples, memory, &frontend)
           .ok()) {
    return false;
  }
  earshot::Span<const int16_t> rest(samples, sample_count);
  size_t count = 0;
  while (!rest.empty()) {
    const earshot::Frontend::Result result = frontend.Process(rest);
    rest = rest.subspan(result.consumed);
    if (count + result.features.size() > feature_count) return false;
    for (const uint16_t feature : result.features) {
      features[count++] = earshot::QuantizeFeature(feature);
    }
  }
  return count == feature_count;
}
