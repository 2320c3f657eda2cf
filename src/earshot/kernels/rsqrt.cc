// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/rsqrt.h"

#include <cmath>

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// The format defines the multiplier by a root in double.
PositiveReal RealOfDouble(double value) {
  int exponent = 0;
  const double fraction = std::frexp(value, &exponent);
  return {static_cast<uint64_t>(std::ldexp(fraction, kDoubleBits)), exponent - kDoubleBits};
}

}  // namespace

Verdict PrepareRsqrtInt8(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckFunctionOfInt8(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  RsqrtInt8 data;
  data.count = input.count();
  data.input_zero_point = input.zero_point();
  const double scale =
      1.0 / (std::sqrt(static_cast<double>(input.scale())) * static_cast<double>(output.scale()));
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, RealOfDouble(scale), &data.multiplier));
  data.multiplier.shift -= kRsqrtShift;
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "ratio of scales as a power of one half"_text,
                                      -data.multiplier.shift, 31));
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
