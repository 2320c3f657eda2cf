// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/space_to_batch.h"

#include "earshot/kernels/pad.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict MakeAxis(const PrepareContext& context, const TensorInfo& space, const TensorInfo& batch,
                 int32_t axis, SpaceBatchAxis* made) {
  const auto entry = static_cast<size_t>(axis) - 1;
  const int32_t block = context.input(1).constant<int32_t>()[entry];
  const int32_t before = context.input(2).constant<int32_t>()[2 * entry];
  const int32_t after = context.input(2).constant<int32_t>()[2 * entry + 1];
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "block (wanted: at least)"_text, block, 1));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, before, 0));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, after, 0));
  const int64_t whole = int64_t{before} + space.dim(axis) + after;
  if (whole > INT32_MAX) {
    return context.Unsupported("extent with what is around it (wanted: at most)"_text,
                               StatusNumber(whole), INT32_MAX);
  }
  EARSHOT_RETURN_IF_ERROR(CheckSameNumber(context, "extent with what is around it"_text, whole,
                                          int64_t{block} * batch.dim(axis)));
  *made = {space.dim(axis), batch.dim(axis), block, before};
  return Verdict::Ok();
}

Verdict Prepare(PrepareContext& context, const TensorInfo& space, const TensorInfo& batch) {
  const TensorInfo block = context.input(1);
  const TensorInfo around = context.input(2);
  const int32_t rank = space.rank();
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, space, batch));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "rank (wanted: at least)"_text, rank, 3));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "rank (wanted: at most)"_text, rank, 4));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, batch.rank(), rank));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "block: a constant of type"_text, block));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "paddings: a constant of type"_text, around));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "block: number of elements"_text, block.count(), rank - 2));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "paddings: number of elements"_text, around.count(), 2 * (rank - 2)));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "channels"_text, batch.dim(-1), space.dim(-1)));

  SpaceBatch data = {
      space.dim(0),
      {},
      {1, 1, 1, 0},
      static_cast<uint32_t>(ElementBytes(space.type)) * static_cast<uint32_t>(space.dim(-1)),
      static_cast<uint32_t>(batch.bytes),
      ZeroByte(space)};
  EARSHOT_RETURN_IF_ERROR(MakeAxis(context, space, batch, 1, &data.height));
  if (rank == 4) EARSHOT_RETURN_IF_ERROR(MakeAxis(context, space, batch, 2, &data.width));
  const int64_t places = int64_t{data.height.block} * data.width.block;
  if (places > batch.dim(0)) {
    return context.Invalid("number of images (wanted: at least)"_text, batch.dim(0),
                           StatusNumber(places));
  }
  EARSHOT_RETURN_IF_ERROR(
      CheckSameNumber(context, "number of images"_text, batch.dim(0), places * data.images));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareBatchToSpaceNd(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  return Prepare(context, context.output(0), context.input(0));
}

Verdict PrepareSpaceToBatchNd(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  return Prepare(context, context.input(0), context.output(0));
}

}  // namespace earshot
