// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/space_to_depth.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

enum class Input : uint8_t { kSpace, kDepth };

Verdict CheckShapes(const PrepareContext& context, const TensorInfo& space, const TensorInfo& depth,
                    int32_t block) {
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, space.rank(), 4));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, depth.rank(), 4));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "block (wanted: at least)"_text, block, 1));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "images"_text, space.dim(0), depth.dim(0)));
  const int64_t side = block;
  for (const int32_t axis : {1, 2}) {
    EARSHOT_RETURN_IF_ERROR(
        CheckSameNumber(context, "extent"_text, space.dim(axis), side * depth.dim(axis)));
  }
  return CheckSameNumber(context, "channels"_text, depth.dim(3),
                         side * StatusNumber(side * space.dim(3)));
}

Verdict Prepare(PrepareContext& context, Input input, int32_t block) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, context.output(0), context.input(0)));
  const bool from_space = input == Input::kSpace;
  const TensorInfo space = from_space ? context.input(0) : context.output(0);
  const TensorInfo depth = from_space ? context.output(0) : context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckShapes(context, space, depth, block));

  const ByteSteps in_space(space);
  const ByteSteps in_depth(depth);
  CopyPlan plan(ElementBytes(space.type));
  const auto add = [&](int32_t extent, int32_t space_step, int32_t depth_step) {
    plan.AddAxis(extent, from_space ? space_step : depth_step,
                 from_space ? depth_step : space_step);
  };
  const int32_t pixel = in_space[2];
  add(space.dim(3), in_space[3], in_depth[3]);
  add(block, in_space[2], pixel);
  add(depth.dim(2), block * in_space[2], in_depth[2]);
  add(block, in_space[1], block * pixel);
  add(depth.dim(1), block * in_space[1], in_depth[1]);
  add(space.dim(0), in_space[0], in_depth[0]);
  return SetCopy(context, plan);
}

}  // namespace

Verdict PrepareDepthToSpace(PrepareContext& context) {
  const auto* options = context.options<schema::DepthToSpaceOptions>();
  if (options == nullptr) return MissingOptions(context);
  return Prepare(context, Input::kDepth, options->block_size());
}

Verdict PrepareSpaceToDepth(PrepareContext& context) {
  const auto* options = context.options<schema::SpaceToDepthOptions>();
  if (options == nullptr) return MissingOptions(context);
  return Prepare(context, Input::kSpace, options->block_size());
}

}  // namespace earshot
