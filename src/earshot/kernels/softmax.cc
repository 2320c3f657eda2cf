// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/softmax.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/sigmoid_table.h"

namespace earshot {
namespace {

constexpr int32_t kIntegerBits = 5;  // Of the exponent.
constexpr int32_t kFractionalBits = 31 - kIntegerBits;

Verdict ReadBeta(const PrepareContext& context, float* beta) {
  constexpr float kMaxBeta = 1.0e6f;
  const auto* options = context.options<schema::SoftmaxOptions>();
  if (options == nullptr) return MissingOptions(context);
  *beta = options->beta();
  // As bits, 0 is the one below the smallest number, and negative numbers and NaN are too large.
  if (FloatBits(*beta) - 1 < FloatBits(kMaxBeta)) return Verdict::Ok();
  return context.Invalid("beta is not positive, or beyond all use (wanted: at most)"_text, 0,
                         static_cast<int32_t>(kMaxBeta));
}

// What the format prescribes; its reference takes no other scale for int8, not even the next float,
// but for int16 almost the same.
Verdict CheckOutput(const PrepareContext& context, TensorType type, int32_t power,
                    int32_t zero_point) {
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: zero point"_text, output.zero_point(), zero_point));
  const float scale = 1.0f / static_cast<float>(1 << -power);
  const bool is_right = type == TensorType::INT16 ? IsAlmostPowerOfTwo(output.scale(), power)
                                                  : FloatBits(output.scale()) == FloatBits(scale);
  if (is_right) return Verdict::Ok();
  return context.InvalidScale("output: scale"_text, output.scale(), scale);
}

Verdict MakeSoftmaxInt8(const PrepareContext& context, float beta, TensorType type,
                        TensorType output_type, SoftmaxInt8* softmax) {
  constexpr int32_t kMaxDepth = 4095;  // The sum of exponentials is kept in Q12.19.
  EARSHOT_RETURN_IF_ERROR(CheckSoftmaxTensors(context, type, output_type, &softmax->shape));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "input: last extent (wanted: at most)"_text,
                                      softmax->shape.depth, kMaxDepth));
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  // In steps of Q5.26; the format's reference limits it to what int32_t holds.
  const PositiveReal factor =
      TimesPowerOfTwo(Product(RealOf(beta), RealOf(input.scale())), kFractionalBits);
  QuantizedMultiplier& to_q26 = softmax->to_q26;
  to_q26 = QuantizeMultiplier(factor);
  if (to_q26.shift > 31) to_q26 = QuantizeMultiplier({INT32_MAX, 0});
  if (to_q26.shift < 0) {
    return context.Unsupported("beta times input scale as a power of two (wanted: at least)"_text,
                               to_q26.shift - kFractionalBits, -kFractionalBits);
  }
  // The largest difference whose product with 2^shift still fits Q5.26.
  constexpr int32_t kLargestQ26 = ((1 << kIntegerBits) - 1) << kFractionalBits;
  softmax->lowest_difference = -(kLargestQ26 >> to_q26.shift);
  return Verdict::Ok();
}

Verdict PrepareInt8(PrepareContext& context, TensorType type, TensorType output_type, int32_t power,
                    int32_t zero_point) {
  float beta = 0;
  EARSHOT_RETURN_IF_ERROR(ReadBeta(context, &beta));
  SoftmaxInt8 data;
  EARSHOT_RETURN_IF_ERROR(MakeSoftmaxInt8(context, beta, type, output_type, &data));
  EARSHOT_RETURN_IF_ERROR(CheckOutput(context, output_type, power, zero_point));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict CheckSoftmaxTensors(const PrepareContext& context, TensorType type, TensorType output_type,
                            SoftmaxShape* shape) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, output_type));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "input: rank (wanted: at least)"_text, input.rank(), 1));
  shape->depth = input.dim(-1);
  shape->rows = input.count() / shape->depth;
  return Verdict::Ok();
}

Verdict PrepareSoftmaxInt16(PrepareContext& context) {
  constexpr int32_t kMaxDepth = UINT16_MAX;  // Of exponentials in Q0.15.
  constexpr PositiveReal kTableRange = {10, 0};
  constexpr PositiveReal kTableSteps = {UINT16_MAX, 0};
  float beta = 0;
  EARSHOT_RETURN_IF_ERROR(ReadBeta(context, &beta));
  SoftmaxInt16 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckSoftmaxTensors(context, TensorType::INT16, TensorType::INT16, &data.shape));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "input: last extent (wanted: at most)"_text,
                                      data.shape.depth, kMaxDepth));
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckOutput(context, TensorType::INT16, -15, 0));
  const PositiveReal step = Quotient(kTableRange, kTableSteps, kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(
      context, Quotient(Product(RealOf(beta), RealOf(input.scale())), step, kDoubleBits),
      &data.to_table));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareSoftmaxInt8(PrepareContext& context) {
  return PrepareInt8(context, TensorType::INT8, TensorType::INT8, -8, INT8_MIN);
}

Verdict PrepareSoftmaxUint8(PrepareContext& context) {
  return PrepareInt8(context, TensorType::UINT8, TensorType::UINT8, -8, 0);
}

Verdict PrepareSoftmaxInt8ToInt16(PrepareContext& context) {
  return PrepareInt8(context, TensorType::INT8, TensorType::INT16, -16, INT16_MIN);
}

Verdict PrepareLogSoftmaxInt8(PrepareContext& context) {
  LogSoftmaxInt8 data;
  EARSHOT_RETURN_IF_ERROR(
      MakeSoftmaxInt8(context, 1.0f, TensorType::INT8, TensorType::INT8, &data.softmax));
  EARSHOT_RETURN_IF_ERROR(CheckOutput(context, TensorType::INT8, -4, INT8_MAX));
  const QuantizedMultiplier& to_q26 = data.softmax.to_q26;
  if (to_q26.multiplier == 0) {  // As small as that, it has no reciprocal.
    return context.UnsupportedScale("input: scale"_text, context.input(0).scale(), 1.0f / 16);
  }
  const PositiveReal factor = {static_cast<uint64_t>(to_q26.multiplier), to_q26.shift - 31};
  data.from_q26 = QuantizeMultiplier(Quotient({1, 0}, factor, kDoubleBits));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareLogSoftmaxFloat32(PrepareContext& context) {
  SoftmaxShape shape;
  EARSHOT_RETURN_IF_ERROR(
      CheckSoftmaxTensors(context, TensorType::FLOAT32, TensorType::FLOAT32, &shape));
  context.SetData(shape);
  return Verdict::Ok();
}

Verdict PrepareSoftmaxFloat32(PrepareContext& context) {
  SoftmaxFloat32 data;
  EARSHOT_RETURN_IF_ERROR(ReadBeta(context, &data.beta));
  EARSHOT_RETURN_IF_ERROR(
      CheckSoftmaxTensors(context, TensorType::FLOAT32, TensorType::FLOAT32, &data.shape));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
