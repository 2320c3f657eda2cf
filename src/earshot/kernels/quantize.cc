// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/quantize.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kUint8Middle = 128;
constexpr uint8_t kTopBit = 0x80;

Verdict CheckUnary(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  return CheckSameShape(context, "output: shape"_text, context.output(0), context.input(0));
}

bool IsUint8(const TensorInfo& tensor) { return tensor.type == TensorType::UINT8; }

Verdict CheckBytes(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  return IsUint8(tensor) ? Verdict::Ok() : CheckType(context, what, tensor, TensorType::INT8);
}

}  // namespace

Verdict PrepareQuantizeFloat32(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::FLOAT32));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  context.SetData(ScaleAndZeroPoint{input.count(), output.scale(), output.zero_point()});
  return Verdict::Ok();
}

Verdict PrepareRequantize(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckBytes(context, "input: type"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckBytes(context, "output: type"_text, output));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));

  Requantize data = {};
  data.count = input.count();
  data.input_zero_point = input.zero_point() - (IsUint8(input) ? kUint8Middle : 0);
  data.input_flip = IsUint8(input) ? kTopBit : 0;
  data.output_flip = IsUint8(output) ? kTopBit : 0;
  EARSHOT_RETURN_IF_ERROR(
      MakeMultiplier(context, Quotient(RealOf(input.scale()), RealOf(output.scale()), kDoubleBits),
                     &data.multiplier));
  const int32_t zero_point = output.zero_point() - (IsUint8(output) ? kUint8Middle : 0);
  data.output = {zero_point, INT8_MIN - zero_point, INT8_MAX - zero_point};
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareDequantizeInt8(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckUnary(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::FLOAT32));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  context.SetData(ScaleAndZeroPoint{input.count(), input.scale(), input.zero_point()});
  return Verdict::Ok();
}

}  // namespace earshot
