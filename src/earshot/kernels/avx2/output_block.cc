// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/output_block.h"

namespace earshot::avx2 {

bool ScalesDown(const InvokeContext& op, const ChannelMultipliers& multipliers, int32_t channels) {
  const auto* all = op.array<QuantizedMultiplier>(multipliers.offset);
  for (int32_t c = 0; c < channels; ++c) {
    const QuantizedMultiplier by = ForChannel(all, multipliers, c);
    if (by.multiplier != 0 && by.shift >= 0) return false;
  }
  return true;
}

}  // namespace earshot::avx2
