// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/model_input.h"

#include "earshot/app/quantization_check.h"

namespace earshot {
namespace {

// QuantizeFeature() maps the values 0 to 26 to int8; 26 is what the field's front end hardly ever
// exceeds (source: the micro_speech example of TensorFlow Lite Micro).
constexpr ScaleRange kFeatureScale(26.0 / 255);
constexpr ScaleRange kLogMelScale(0.5 / 255, 1.01 / 255, 1.0 / 255);
constexpr int32_t kFeatureZeroPoint = -128;

// One image has one of the callers below: inlined, so that it has no function more for it.
[[gnu::always_inline]] inline Status CheckInput(const ScaleRange& scale, const TensorInfo& input,
                                                int channels, int* frames) {
  if (input.type != TensorType::INT8) {
    return UnsupportedType("input"_text, input.type, TensorType::INT8);
  }
  int extents = 0;
  int32_t innermost = 1;
  for (const int32_t extent : input.shape) {
    if (extent == 1) continue;
    ++extents;
    innermost = extent;
  }
  if (extents > 2) {
    return UnsupportedNumber("input: extents other than 1 (wanted at most)"_text, extents, 2);
  }
  if (extents == 2 && innermost != channels) {
    return UnsupportedNumber("input: innermost extent (wanted: the channels)"_text, innermost,
                             channels);
  }
  if (innermost % channels != 0) {
    return UnsupportedNumber("input: extent (wanted: a multiple of the channels)"_text, innermost,
                             channels);
  }
  *frames = input.count() / channels;
  return CheckQuantization(input, scale, kFeatureZeroPoint, "input: zero point"_text,
                           "input: scale, in millionths"_text);
}

}  // namespace

Status CheckModelInput(const TensorInfo& input, int channels, int* frames) {
  return CheckInput(kFeatureScale, input, channels, frames);
}

Status CheckLogMelInput(const TensorInfo& input, int channels, int* frames) {
  return CheckInput(kLogMelScale, input, channels, frames);
}

}  // namespace earshot
