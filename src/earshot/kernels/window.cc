// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/window.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict CheckPlaces(const PrepareContext& context, const TensorInfo& places, int32_t rank) {
  if (places.type != TensorType::INT64) {
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "begin: type"_text, places, TensorType::INT32));
  }
  return CheckEqual(context, "begin: number of elements"_text, places.count(), rank);
}

Verdict SetWindow(PrepareContext& context, const TensorInfo& whole, const TensorInfo& part,
                  const TensorInfo& places, bool takes) {
  const int32_t rank = whole.rank();
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, part, whole));
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, whole));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "window: rank"_text, part.rank(), rank));
  EARSHOT_RETURN_IF_ERROR(CheckPlaces(context, places, rank));
  const ByteSteps in_whole(whole);
  const ByteSteps in_part(part);
  CopyPlan plan(ElementBytes(whole.type));
  for (int32_t axis = rank - 1; axis >= 0; --axis) {
    if (part.dim(axis) > whole.dim(axis)) {
      return context.Invalid("window: extent (wanted: at most)"_text, part.dim(axis),
                             whole.dim(axis));
    }
    plan.AddAxis(part.dim(axis), takes ? in_whole[axis] : in_part[axis],
                 takes ? in_part[axis] : in_whole[axis]);
  }
  Window window = {
      {}, static_cast<uint32_t>(whole.bytes), rank, places.type == TensorType::INT64 ? 1 : 0, 0};
  EARSHOT_RETURN_IF_ERROR(plan.Finish(context, 0, 0, &window.copy));
  int32_t axis = 0;
  for (PlaceAxis& place :
       context.AllocateArray<PlaceAxis>(static_cast<size_t>(rank), &window.places_offset)) {
    place = {whole.dim(axis) - part.dim(axis), in_whole[axis]};
    ++axis;
  }
  context.SetData(window);
  return Verdict::Ok();
}

// What SLICE's constant inputs say about one axis.
Verdict CheckConstantSlice(const PrepareContext& context, const TensorInfo& input,
                           const TensorInfo& output, int32_t axis) {
  const TensorInfo begins = context.input(1);
  const TensorInfo sizes = context.input(2);
  const int32_t most = input.dim(axis) - output.dim(axis);
  int64_t begin = most;
  if (begins.is_constant()) {
    begin = ConstantInteger(begins, axis);
    if (begin < 0 || begin > most) {
      return context.Invalid("begin (wanted: at most)"_text, StatusNumber(begin), most);
    }
  }
  if (!sizes.is_constant()) return Verdict::Ok();
  const int64_t size = ConstantInteger(sizes, axis);
  return CheckSameNumber(context, "output: extent"_text, output.dim(axis),
                         size == -1 ? input.dim(axis) - begin : size);
}

}  // namespace

Verdict PrepareDynamicUpdateSlice(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  const TensorInfo whole = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, whole));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, whole));
  return SetWindow(context, output, context.input(1), context.input(2), false);
}

Verdict PrepareSlice(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(SetWindow(context, input, output, context.input(1), true));
  EARSHOT_RETURN_IF_ERROR(CheckPlaces(context, context.input(2), input.rank()));
  for (int32_t axis = 0; axis < input.rank(); ++axis) {
    EARSHOT_RETURN_IF_ERROR(CheckConstantSlice(context, input, output, axis));
  }
  return Verdict::Ok();
}

}  // namespace earshot
