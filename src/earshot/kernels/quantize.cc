// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/quantize.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict CheckUnary(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  return CheckSameShape(context, "output: shape"_text, context.output(0), context.input(0));
}

}  // namespace

Verdict PrepareQuantize(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  context.SetData(ScaleAndZeroPoint{output.count(), output.scale(), output.zero_point()});
  return Verdict::Ok();
}

Verdict PrepareRequantize(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  Requantize data;
  data.count = input.count();
  data.input_zero_point = input.zero_point();
  data.output_zero_point = output.zero_point();
  EARSHOT_RETURN_IF_ERROR(
      MakeMultiplier(context, Quotient(RealOf(input.scale()), RealOf(output.scale()), kDoubleBits),
                     &data.multiplier));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareDequantize(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(
      CheckType(context, "output: type"_text, context.output(0), TensorType::FLOAT32));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  context.SetData(ScaleAndZeroPoint{input.count(), input.scale(), input.zero_point()});
  return Verdict::Ok();
}

}  // namespace earshot
