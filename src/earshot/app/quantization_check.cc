// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/quantization_check.h"

#include "earshot/runtime/positive_real.h"

namespace earshot {
namespace {

Status Unsupported(StaticText what, StatusUnit unit, int32_t found, int32_t wanted) {
  return MakeError(StatusCode::kUnsupported, {StatusSubject::kModel}, what, unit, found, wanted);
}

// For error messages. Scales are finite and positive: the model's verifier has seen to that.
int32_t Millionths(float scale) {
  constexpr PositiveReal kMillion = {1000000, 0};
  constexpr int32_t kMost = 1000000000;
  return RoundedToInteger(Product(RealOf(scale), kMillion), kMost);
}

}  // namespace

Status UnsupportedNumber(StaticText what, int32_t found, int32_t wanted) {
  return Unsupported(what, StatusUnit::kCount, found, wanted);
}

Status UnsupportedType(StaticText what, TensorType found, TensorType wanted) {
  return Unsupported(what, StatusUnit::kTensorType, static_cast<int32_t>(found),
                     static_cast<int32_t>(wanted));
}

Status CheckQuantization(const TensorInfo& tensor, const ScaleRange& scale, int32_t zero_point,
                         StaticText zero_point_what, StaticText scale_what) {
  if (tensor.scales.size() != 1) {
    return UnsupportedNumber("input or output: number of scales"_text,
                             static_cast<int32_t>(tensor.scales.size()), 1);
  }
  if (tensor.zero_point() != zero_point) {
    return UnsupportedNumber(zero_point_what, tensor.zero_point(), zero_point);
  }
  // As bits, positive floats are in order, and no library is needed to compare them.
  const uint32_t found = FloatBits(tensor.scale());
  if (found < FloatBits(scale.lowest) || found > FloatBits(scale.highest)) {
    return UnsupportedNumber(scale_what, Millionths(tensor.scale()), scale.millionths);
  }
  return OkStatus();
}

}  // namespace earshot
