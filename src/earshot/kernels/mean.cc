// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mean.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// multiplier / count, with as many bits of the quotient as the format's reference keeps.
QuantizedMultiplier DivideByCount(QuantizedMultiplier multiplier, int32_t count) {
  int32_t bits = 0;  // floor(log2(count))
  while (bits < 30 && count >> (bits + 1) != 0) ++bits;
  const int32_t room = 31 + multiplier.shift;
  const int32_t shift = bits < room ? bits : room;
  const int64_t shifted = static_cast<int64_t>(multiplier.multiplier) << shift;
  return {static_cast<int32_t>(shifted / count), multiplier.shift - shift};
}

enum class Reduced : uint8_t { kMean, kSum };

Verdict PrepareInteger(PrepareContext& context, TensorType type, Reduced reduced) {
  // Of at most 255 or 65,535 each.
  const int32_t most = type == TensorType::INT8 ? 1 << 22 : INT16_MAX;
  MeanInteger data;
  EARSHOT_RETURN_IF_ERROR(MakeReduction(context, type, &data.reduction));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  const int32_t count = data.reduction.reduced_count;
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "elements of one output (wanted: at most)"_text, count, most));
  data.zero_point_sum = count * input.zero_point();
  QuantizedMultiplier ratio;
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(
      context, Quotient(RealOf(input.scale()), RealOf(output.scale()), kDoubleBits), &ratio));
  data.multiplier = reduced == Reduced::kMean ? DivideByCount(ratio, count) : ratio;
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareMeanInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, Reduced::kMean);
}

Verdict PrepareMeanInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, Reduced::kMean);
}

Verdict PrepareSumInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, Reduced::kSum);
}

Verdict PrepareSumInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, Reduced::kSum);
}

}  // namespace earshot
