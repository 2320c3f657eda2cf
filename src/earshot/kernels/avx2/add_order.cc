// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/add_order.h"

namespace earshot::avx2 {
namespace {

// All elements in one row, in all three tensors.
bool IsRow(const Broadcast& broadcast) {
  constexpr int32_t kLast = kMaxBroadcastRank - 1;
  for (int32_t axis = 0; axis < kLast; ++axis) {
    if (broadcast.extents[axis] != 1) return false;
  }
  return broadcast.steps_a[kLast] == 1 && broadcast.steps_b[kLast] == 1;
}

}  // namespace

AddOrder OrderOf(const InvokeContext& context) {
  const auto& data = context.data<AddInteger>();
  const auto* a = context.input<int8_t>(0);
  const auto* b = context.input<int8_t>(1);
  const int32_t count = data.broadcast.extents[kMaxBroadcastRank - 1];
  if (!IsRow(data.broadcast) || data.multiplier_sum.shift >= 0) return {};
  if (IsHalf(data.multiplier_a)) {
    return {a, b, data.zero_point_a, data.zero_point_b, data.multiplier_b, count};
  }
  if (IsHalf(data.multiplier_b)) {
    return {b, a, data.zero_point_b, data.zero_point_a, data.multiplier_a, count};
  }
  return {};
}

}  // namespace earshot::avx2
