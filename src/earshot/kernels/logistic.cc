// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/logistic.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict CheckTensors(const PrepareContext& context, TensorType type, int32_t output_zero_point) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  return CheckEqual(context, "output: zero point"_text, output.zero_point(), output_zero_point);
}

// The result counts in 1/256 or 1/128, whatever its scale says: so does the format's reference.
Verdict PrepareInt8(PrepareContext& context, int32_t output_zero_point) {
  constexpr int32_t kIntegerBits = 4;
  constexpr int32_t kFractionalBits = 31 - kIntegerBits;
  constexpr int32_t kBeyondInt8 = 256;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::INT8, output_zero_point));
  const TensorInfo input = context.input(0);
  LogisticInt8 data;
  data.count = input.count();
  data.input_zero_point = input.zero_point();
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(
      context, TimesPowerOfTwo(RealOf(input.scale()), kFractionalBits), &data.to_q27));
  // The largest difference whose product with 2^shift still fits Q4.27.
  constexpr int32_t kLargestQ27 = ((1 << kIntegerBits) - 1) << kFractionalBits;
  const int32_t radius = kLargestQ27 >> (data.to_q27.shift > 0 ? data.to_q27.shift : 0);
  data.radius = radius < kBeyondInt8 ? radius : kBeyondInt8;
  context.SetData(data);
  return Verdict::Ok();
}

// `powers`: how many scales from 2^-12 upward are powers of two that the table is for.
Verdict PrepareInt16(PrepareContext& context, int32_t powers) {
  constexpr int32_t kOutputPower = -15;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::INT16, 0));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: zero point"_text, input.zero_point(), 0));
  if (!IsAlmostPowerOfTwo(output.scale(), kOutputPower)) {
    constexpr float kStep = 1.0f / (1 << -kOutputPower);
    return context.InvalidScale("output: scale"_text, output.scale(), kStep);
  }
  LogisticInt16 data;
  data.count = input.count();
  EARSHOT_RETURN_IF_ERROR(MakeTableScale(context, input.scale(), powers, &data.scale));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareLogisticInt8(PrepareContext& context) { return PrepareInt8(context, INT8_MIN); }
Verdict PrepareLogisticUint8(PrepareContext& context) {
  constexpr float kScale = 1.0f / 256;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::UINT8, 0));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  if (FloatBits(output.scale()) != FloatBits(kScale)) {
    return context.InvalidScale("output: scale"_text, output.scale(), kScale);
  }
  context.SetData(LogisticUint8{input.count(), input.zero_point(), input.scale()});
  return Verdict::Ok();
}

Verdict PrepareTanhInt8(PrepareContext& context) { return PrepareInt8(context, 0); }
Verdict PrepareLogisticInt16(PrepareContext& context) { return PrepareInt16(context, 1); }
Verdict PrepareTanhInt16(PrepareContext& context) { return PrepareInt16(context, 2); }

}  // namespace earshot
