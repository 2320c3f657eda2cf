// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/quantization_check.h"

namespace earshot {
namespace {

// Training tools derive scales from data; the field's models differ by up to 0.3 % from the nominal
// one, which is less than what rounding to int8 costs.
constexpr float kScaleTolerance = 0.01f;

Status Unsupported(StaticText what, StatusUnit unit, int32_t found, int32_t wanted) {
  return MakeError(StatusCode::kUnsupported, {StatusSubject::kModel}, what, unit, found, wanted);
}

// For error messages. Scales are finite and positive: the model's verifier has seen to that.
int32_t Millionths(float scale) {
  return scale < 1000.0f ? static_cast<int32_t>(scale * 1e6f + 0.5f) : 1000000000;
}

}  // namespace

Status UnsupportedNumber(StaticText what, int32_t found, int32_t wanted) {
  return Unsupported(what, StatusUnit::kCount, found, wanted);
}

Status UnsupportedType(StaticText what, TensorType found, TensorType wanted) {
  return Unsupported(what, StatusUnit::kTensorType, static_cast<int32_t>(found),
                     static_cast<int32_t>(wanted));
}

Status CheckQuantization(const TensorInfo& tensor, float scale, int32_t zero_point,
                         StaticText zero_point_what, StaticText scale_what) {
  if (tensor.scales.size() != 1) {
    return UnsupportedNumber("input or output: number of scales"_text,
                             static_cast<int32_t>(tensor.scales.size()), 1);
  }
  if (tensor.zero_points[0] != zero_point) {
    return UnsupportedNumber(zero_point_what, StatusNumber(tensor.zero_points[0]), zero_point);
  }
  const float difference = tensor.scale() - scale;
  const float allowed = scale * kScaleTolerance;
  if (difference < -allowed || difference > allowed) {
    return UnsupportedNumber(scale_what, Millionths(tensor.scale()), Millionths(scale));
  }
  return OkStatus();
}

}  // namespace earshot
