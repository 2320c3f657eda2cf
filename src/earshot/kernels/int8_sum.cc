// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/int8_sum.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict MakeInt8Sum(const PrepareContext& context, const TensorInfo& input,
                    const TensorInfo& output, Int8Sum* sum) {
  constexpr int32_t kMostShift = 0;
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  sum->zero_point = input.zero_point();
  const PositiveReal ratio = Quotient(TimesPowerOfTwo(RealOf(input.scale()), -kInt8SumBits),
                                      RealOf(output.scale()), kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, ratio, &sum->to_output, kMostShift));
  return MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &sum->output);
}

}  // namespace earshot
