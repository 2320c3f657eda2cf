// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mean.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// A bit for each axis of the input that the mean is taken over.
Verdict ReadAxes(const PrepareContext& context, int32_t rank, uint32_t* reduced) {
  const TensorInfo axes = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axes: a constant of type"_text, axes));
  *reduced = 0;
  for (const int32_t axis : axes.constant<int32_t>()) {
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "axis (wanted: at least)"_text, axis, -rank));
    if (axis >= rank) return context.Invalid("axis (wanted: at most)"_text, axis, rank - 1);
    *reduced |= 1u << (axis < 0 ? axis + rank : axis);
  }
  return Verdict::Ok();
}

bool IsReduced(uint32_t reduced, int32_t axis) { return (reduced >> axis & 1u) != 0; }

Verdict CheckOutputShape(const PrepareContext& context, const TensorInfo& input,
                         const TensorInfo& output, uint32_t reduced, bool keep_dims) {
  int32_t output_axis = 0;
  for (int32_t axis = 0; axis < input.rank(); ++axis) {
    if (IsReduced(reduced, axis) && !keep_dims) continue;
    if (output_axis >= output.rank())
      return context.Invalid("output: rank"_text, output.rank(), axis);
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, output.dim(output_axis++),
                                       IsReduced(reduced, axis) ? 1 : input.dim(axis)));
  }
  return CheckEqual(context, "output: rank"_text, output.rank(), output_axis);
}

// Fills the unused axes from the front, so that they change nothing.
void SplitAxes(const TensorInfo& input, uint32_t reduced, MeanInt8* data) {
  for (MeanAxes* axes : {&data->kept, &data->reduced}) {
    for (int32_t i = 0; i < kMaxMeanRank; ++i) {
      axes->extents[i] = 1;
      axes->steps[i] = 0;
    }
  }
  int32_t step = 1;
  data->reduced_count = 1;
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    MeanAxes& axes = IsReduced(reduced, axis) ? data->reduced : data->kept;
    axes.extents[axis] = input.dim(axis);
    axes.steps[axis] = step;
    step *= input.dim(axis);
    if (IsReduced(reduced, axis)) data->reduced_count *= input.dim(axis);
  }
}

// multiplier / count, with as many bits of the quotient as the format's reference keeps.
QuantizedMultiplier DivideByCount(QuantizedMultiplier multiplier, int32_t count) {
  int32_t bits = 0;  // floor(log2(count))
  while (bits < 30 && count >> (bits + 1) != 0) ++bits;
  const int32_t room = 31 + multiplier.shift;
  const int32_t shift = bits < room ? bits : room;
  const int64_t shifted = static_cast<int64_t>(multiplier.multiplier) << shift;
  return {static_cast<int32_t>(shifted / count), multiplier.shift - shift};
}

}  // namespace

Verdict PrepareMeanInt8(PrepareContext& context) {
  constexpr int32_t kMaxCount = 1 << 22;  // Of at most 255 each.
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const auto* options = context.options<schema::ReducerOptions>();
  if (options == nullptr) return MissingOptions(context);
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: rank (wanted: at most)"_text, input.rank(), kMaxMeanRank));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  uint32_t reduced = 0;
  EARSHOT_RETURN_IF_ERROR(ReadAxes(context, input.rank(), &reduced));
  EARSHOT_RETURN_IF_ERROR(CheckOutputShape(context, input, output, reduced, options->keep_dims()));

  MeanInt8 data;
  SplitAxes(input, reduced, &data);
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "elements of one mean (wanted: at most)"_text,
                                      data.reduced_count, kMaxCount));
  data.output_count = output.count();
  data.zero_point_sum = data.reduced_count * input.zero_point();
  QuantizedMultiplier ratio;
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(
      context, Quotient(RealOf(input.scale()), RealOf(output.scale()), kDoubleBits), &ratio));
  data.multiplier = DivideByCount(ratio, data.reduced_count);
  EARSHOT_RETURN_IF_ERROR(
      MakeInt8Output(context, schema::ActivationFunctionType::NONE, output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
