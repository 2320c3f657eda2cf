// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/score.h"

#include "earshot/app/quantization_check.h"

namespace earshot {
namespace {

constexpr ScaleRange kScoreScale(1.0 / 256);

}  // namespace

Status CheckScores(const TensorInfo& output, int32_t label_count) {
  const bool is_int8 = output.type == TensorType::INT8;
  if (!is_int8 && output.type != TensorType::UINT8) {
    return UnsupportedType("output"_text, output.type, TensorType::INT8);
  }
  if (output.count() != label_count) {
    return UnsupportedNumber("output: elements (wanted: one per label)"_text, output.count(),
                             label_count);
  }
  return CheckQuantization(output, kScoreScale, is_int8 ? -128 : 0, "output: zero point"_text,
                           "output: scale, in millionths"_text);
}

void ReadScores(const TensorView& output, Span<uint8_t> scores) {
  // From int8 to Q0.8 is adding 128, and that, in eight bits, is turning the sign bit over.
  const uint8_t sign = output.info.type == TensorType::INT8 ? 0x80 : 0;
  for (size_t i = 0; i < output.bytes.size(); ++i) {
    scores[i] = static_cast<uint8_t>(output.bytes[i] ^ sign);
  }
}

}  // namespace earshot
