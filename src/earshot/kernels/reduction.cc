// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reduction.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// A bit for each axis of the input that is reduced.
Verdict ReadAxes(const PrepareContext& context, int32_t rank, uint32_t* reduced) {
  const TensorInfo axes = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axes: a constant of type"_text, axes));
  *reduced = 0;
  for (int32_t axis : axes.constant<int32_t>()) {
    EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, rank, &axis));
    *reduced |= 1u << axis;
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

void SplitAxes(const TensorInfo& input, uint32_t reduced, Reduction* reduction) {
  for (ReductionAxes* axes : {&reduction->kept, &reduction->reduced}) {
    for (int32_t i = 0; i < kMaxReductionAxes; ++i) {
      axes->extents[i] = 1;
      axes->steps[i] = 0;
    }
  }
  int32_t next[] = {kMaxReductionAxes, kMaxReductionAxes};  // Of kept ones and of reduced ones.
  int32_t step = 1;
  reduction->reduced_count = 1;
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const bool is_reduced = IsReduced(reduced, axis);
    const int32_t extent = input.dim(axis);
    ReductionAxes& axes = is_reduced ? reduction->reduced : reduction->kept;
    int32_t& place = next[is_reduced ? 1 : 0];
    const bool joins = axis != input.rank() - 1 && IsReduced(reduced, axis + 1) == is_reduced;
    if (!joins) axes.steps[--place] = step;
    axes.extents[place] *= extent;
    step *= extent;
    if (is_reduced) reduction->reduced_count *= extent;
  }
}

}  // namespace

Verdict MakeReduction(const PrepareContext& context, TensorType type, Reduction* reduction) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const auto* options = context.options<schema::ReducerOptions>();
  if (options == nullptr) return MissingOptions(context);
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: rank (wanted: at most)"_text, input.rank(), kMaxReductionRank));
  uint32_t reduced = 0;
  EARSHOT_RETURN_IF_ERROR(ReadAxes(context, input.rank(), &reduced));
  EARSHOT_RETURN_IF_ERROR(CheckOutputShape(context, input, output, reduced, options->keep_dims()));
  SplitAxes(input, reduced, reduction);
  reduction->output_count = output.count();
  return Verdict::Ok();
}

Verdict PrepareReductionFloat32(PrepareContext& context) {
  Reduction reduction;
  EARSHOT_RETURN_IF_ERROR(MakeReduction(context, TensorType::FLOAT32, &reduction));
  context.SetData(reduction);
  return Verdict::Ok();
}

Verdict PrepareReductionInt8(PrepareContext& context) {
  Reduction reduction;
  EARSHOT_RETURN_IF_ERROR(MakeReduction(context, TensorType::INT8, &reduction));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, context.input(0), context.output(0)));
  context.SetData(reduction);
  return Verdict::Ok();
}

}  // namespace earshot
