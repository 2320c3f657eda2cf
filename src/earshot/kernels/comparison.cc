// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/comparison.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

uint32_t AcceptedOrders(BuiltinOperator op) {
  switch (op) {
    case BuiltinOperator::EQUAL:
      return kIsEqual;
    case BuiltinOperator::NOT_EQUAL:
      return kIsLess | kIsGreater | kIsUnordered;
    case BuiltinOperator::LESS:
      return kIsLess;
    case BuiltinOperator::LESS_EQUAL:
      return kIsLess | kIsEqual;
    case BuiltinOperator::GREATER:
      return kIsGreater;
    default:
      return kIsGreater | kIsEqual;
  }
}

Verdict MakeComparison(const PrepareContext& context, Comparison* comparison) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input 1: type"_text, b, a.type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::BOOL));
  comparison->accepted = AcceptedOrders(context.code());
  return MakeBroadcast(context, a, b, output, &comparison->broadcast);
}

Verdict MakeScale(const PrepareContext& context, const TensorInfo& input,
                  QuantizedMultiplier* multiplier, int32_t* zero_point) {
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, RealOf(input.scale()), multiplier));
  if (multiplier->shift > 0) {
    return context.UnsupportedScale("input: scale (wanted: less than)"_text, input.scale(), 1.0f);
  }
  *zero_point = input.zero_point();
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareComparison(PrepareContext& context) {
  Comparison comparison;
  EARSHOT_RETURN_IF_ERROR(MakeComparison(context, &comparison));
  context.SetData(comparison);
  return Verdict::Ok();
}

Verdict PrepareComparisonQuantized(PrepareContext& context) {
  ComparisonQuantized data;
  EARSHOT_RETURN_IF_ERROR(MakeComparison(context, &data.comparison));
  EARSHOT_RETURN_IF_ERROR(
      MakeScale(context, context.input(0), &data.multiplier_a, &data.zero_point_a));
  EARSHOT_RETURN_IF_ERROR(
      MakeScale(context, context.input(1), &data.multiplier_b, &data.zero_point_b));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
