// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/broadcast.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// Extent along `axis` of the shape brought to four axes by extents of 1 in front.
int32_t PaddedExtent(const TensorInfo& tensor, int32_t axis) {
  const int32_t own_axis = axis - (kMaxBroadcastRank - tensor.rank());
  return own_axis < 0 ? 1 : tensor.dim(own_axis);
}

void FillSteps(const TensorInfo& tensor, int32_t* steps) {
  int32_t step = 1;
  for (int32_t axis = kMaxBroadcastRank - 1; axis >= 0; --axis) {
    const int32_t extent = PaddedExtent(tensor, axis);
    steps[axis] = extent == 1 ? 0 : step;
    step *= extent;
  }
}

bool IsSameShape(const TensorInfo& a, const TensorInfo& b) {
  if (a.rank() != b.rank()) return false;
  for (int32_t axis = 0; axis < a.rank(); ++axis) {
    if (a.dim(axis) != b.dim(axis)) return false;
  }
  return true;
}

constexpr PairTypes kAllFloat32 = {TensorType::FLOAT32, TensorType::FLOAT32, TensorType::FLOAT32};

// The operator works on stored values.
Verdict PrepareStored(PrepareContext& context, TensorType type) {
  Broadcast broadcast;
  EARSHOT_RETURN_IF_ERROR(CheckIntegerPair(context, {type, type, type}, &broadcast));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, context.input(0), context.output(0)));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, context.input(1), context.output(0)));
  context.SetData(broadcast);
  return Verdict::Ok();
}

}  // namespace

Verdict MakeBroadcast(const PrepareContext& context, const TensorInfo& a, const TensorInfo& b,
                      const TensorInfo& output, Broadcast* broadcast) {
  if (IsSameShape(a, b)) {
    *broadcast = {{1, 1, 1, a.count()}, {0, 0, 0, 1}, {0, 0, 0, 1}};
    return CheckSameShape(context, "output: shape"_text, output, a);
  }
  const int32_t rank = a.rank() > b.rank() ? a.rank() : b.rank();
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "inputs of different shape: rank"_text, rank, kMaxBroadcastRank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), rank));
  for (int32_t axis = 0; axis < kMaxBroadcastRank; ++axis) {
    const int32_t extent_a = PaddedExtent(a, axis);
    const int32_t extent_b = PaddedExtent(b, axis);
    if (extent_a != extent_b && extent_a != 1 && extent_b != 1) {
      return context.Invalid("inputs: extents of one axis"_text, extent_b, extent_a);
    }
    broadcast->extents[axis] = extent_a > extent_b ? extent_a : extent_b;
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, PaddedExtent(output, axis),
                                       broadcast->extents[axis]));
  }
  FillSteps(a, broadcast->steps_a);
  FillSteps(b, broadcast->steps_b);
  return Verdict::Ok();
}

Verdict PrepareBroadcastFloat32(PrepareContext& context) {
  Broadcast broadcast;
  EARSHOT_RETURN_IF_ERROR(CheckPair(context, kAllFloat32, &broadcast));
  context.SetData(broadcast);
  return Verdict::Ok();
}

Verdict PrepareBroadcastInt8(PrepareContext& context) {
  return PrepareStored(context, TensorType::INT8);
}

Verdict PrepareBroadcastInt16(PrepareContext& context) {
  return PrepareStored(context, TensorType::INT16);
}

Verdict CheckPlainPair(const PrepareContext& context, TensorType type, Broadcast* broadcast) {
  EARSHOT_RETURN_IF_ERROR(CheckPair(context, {type, type, type}, broadcast));
  for (size_t i = 0; i < 2; ++i) {
    const auto scales = static_cast<int32_t>(context.input(i).scales.size());
    if (scales != 0)
      return context.Unsupported("number of scales of plain integers"_text, scales, 0);
  }
  return Verdict::Ok();
}

Verdict PrepareBroadcastInt32(PrepareContext& context) {
  Broadcast broadcast;
  EARSHOT_RETURN_IF_ERROR(CheckPlainPair(context, TensorType::INT32, &broadcast));
  context.SetData(broadcast);
  return Verdict::Ok();
}

Verdict PrepareBroadcastInt64(PrepareContext& context) {
  Broadcast broadcast;
  EARSHOT_RETURN_IF_ERROR(CheckPlainPair(context, TensorType::INT64, &broadcast));
  context.SetData(broadcast);
  return Verdict::Ok();
}

Verdict PreparePairFloat32(PrepareContext& context, schema::ActivationFunctionType activation) {
  PairFloat32 data;
  EARSHOT_RETURN_IF_ERROR(CheckPair(context, kAllFloat32, &data.broadcast));
  EARSHOT_RETURN_IF_ERROR(MakeFloatRange(context, activation, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict CheckPair(const PrepareContext& context, const PairTypes& types, Broadcast* broadcast) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input 0: type"_text, a, types.a));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input 1: type"_text, b, types.b));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, types.output));
  return MakeBroadcast(context, a, b, output, broadcast);
}

Verdict CheckIntegerPair(const PrepareContext& context, const PairTypes& types,
                         Broadcast* broadcast) {
  EARSHOT_RETURN_IF_ERROR(CheckPair(context, types, broadcast));
  EARSHOT_RETURN_IF_ERROR(
      CheckPerTensor(context, "input 0: number of scales"_text, context.input(0)));
  EARSHOT_RETURN_IF_ERROR(
      CheckPerTensor(context, "input 1: number of scales"_text, context.input(1)));
  return CheckPerTensor(context, "output: number of scales"_text, context.output(0));
}

Verdict CheckNoZeroPoints(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(
      CheckZeroPointZero(context, "input 0: zero point"_text, context.input(0)));
  EARSHOT_RETURN_IF_ERROR(
      CheckZeroPointZero(context, "input 1: zero point"_text, context.input(1)));
  return CheckZeroPointZero(context, "output: zero point"_text, context.output(0));
}

Verdict CheckInt8Pair(const PrepareContext& context, Broadcast* broadcast) {
  constexpr PairTypes kAllInt8 = {TensorType::INT8, TensorType::INT8, TensorType::INT8};
  return CheckIntegerPair(context, kAllInt8, broadcast);
}

}  // namespace earshot
