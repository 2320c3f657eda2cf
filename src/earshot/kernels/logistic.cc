// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/logistic.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareLogisticInt8(PrepareContext& context) {
  constexpr int32_t kIntegerBits = 4;
  constexpr int32_t kFractionalBits = 31 - kIntegerBits;
  constexpr int32_t kBeyondInt8 = 256;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  // The result counts in 1/256 from -128, whatever its scale says: so does the format's reference.
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: zero point"_text, output.zero_point(), INT8_MIN));

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

}  // namespace earshot
