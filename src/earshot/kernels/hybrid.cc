// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/hybrid.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/quantization.h"

namespace earshot {

Verdict MakeHybrid(PrepareContext& context, int32_t channel_axis, int32_t row, bool has_zero_point,
                   Hybrid* hybrid) {
  const TensorInfo weights = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckChannelScales(context, weights, channel_axis));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "weights: elements per output"_text,
                                      weights.count() / weights.dim(channel_axis),
                                      kMaxInt8Products));
  *hybrid = {row, has_zero_point ? 1 : 0, 0, weights.scales.size() > 1 ? 1u : 0u};
  const float* scale = weights.scales.data();
  for (float& place : context.AllocateArray<float>(weights.scales.size(), &hybrid->scales_offset)) {
    place = *scale++;
  }
  const uint32_t scratch[] = {static_cast<uint32_t>(row)};
  context.RequestScratch(scratch);
  return Verdict::Ok();
}

}  // namespace earshot
