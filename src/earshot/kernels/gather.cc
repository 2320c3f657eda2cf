// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/gather.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// The product of the extents of axes `begin` to before `end`.
int32_t Product(const TensorInfo& tensor, int32_t begin, int32_t end) {
  int32_t product = 1;
  for (int32_t axis = begin; axis < end; ++axis) product *= tensor.dim(axis);
  return product;
}

// That the output's extents from `output_axis` on are those of axes `begin` to before `end`.
Verdict CheckExtents(const PrepareContext& context, const TensorInfo& output, int32_t output_axis,
                     const TensorInfo& tensor, int32_t begin, int32_t end) {
  for (int32_t axis = begin; axis < end; ++axis) {
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(output_axis++), tensor.dim(axis)));
  }
  return Verdict::Ok();
}

Verdict Make(const PrepareContext& context, const TensorInfo& input, const TensorInfo& places,
             int32_t axis, int32_t batch_dims, Gather* gather) {
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPlain(context, input));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "places: type"_text, places, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, input.rank(), &axis));
  if (batch_dims < 0) batch_dims += places.rank();
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "batch_dims (wanted: at least)"_text, batch_dims, 0));
  const int32_t most = axis < places.rank() ? axis : places.rank();
  if (batch_dims > most) {
    return context.Invalid("batch_dims (wanted: at most)"_text, batch_dims, most);
  }
  for (int32_t i = 0; i < batch_dims; ++i) {
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "places: extent"_text, places.dim(i), input.dim(i)));
  }
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(),
                                     input.rank() + places.rank() - 1 - batch_dims));
  const int32_t behind = axis + places.rank() - batch_dims;  // Of the output, behind the places.
  EARSHOT_RETURN_IF_ERROR(CheckExtents(context, output, 0, input, 0, axis));
  EARSHOT_RETURN_IF_ERROR(CheckExtents(context, output, axis, places, batch_dims, places.rank()));
  EARSHOT_RETURN_IF_ERROR(CheckExtents(context, output, behind, input, axis + 1, input.rank()));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "extent of the axis (wanted: at least)"_text, input.dim(axis), 1));
  *gather = {Product(input, 0, batch_dims),
             Product(input, batch_dims, axis),
             Product(places, batch_dims, places.rank()),
             input.dim(axis),
             static_cast<uint32_t>(ElementBytes(input.type)) *
                 static_cast<uint32_t>(Product(input, axis + 1, input.rank())),
             1.0f};
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareGather(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const auto* options = context.options<schema::GatherOptions>();
  if (options == nullptr) return MissingOptions(context);
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, context.output(0), input));
  Gather gather;
  EARSHOT_RETURN_IF_ERROR(
      Make(context, input, context.input(1), options->axis(), options->batch_dims(), &gather));
  context.SetData(gather);
  return Verdict::Ok();
}

Verdict PrepareEmbeddingLookup(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo table = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, context.output(0), table));
  Gather gather;
  EARSHOT_RETURN_IF_ERROR(Make(context, table, context.input(0), 0, 0, &gather));
  context.SetData(gather);
  return Verdict::Ok();
}

Verdict PrepareEmbeddingLookupInt8ToFloat32(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo table = context.input(1);
  Gather gather;
  EARSHOT_RETURN_IF_ERROR(Make(context, table, context.input(0), 0, 0, &gather));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, table));
  if (table.zero_point() != 0) {
    return context.Unsupported("input: zero point"_text, table.zero_point(), 0);
  }
  gather.scale = table.scale();
  context.SetData(gather);
  return Verdict::Ok();
}

}  // namespace earshot
