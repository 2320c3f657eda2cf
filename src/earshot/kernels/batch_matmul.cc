// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/batch_matmul.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kMatrixAxes = 2;

Verdict CheckRank(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, what, tensor.rank(), kMatrixAxes));
  return CheckAtMost(context, what, tensor.rank(), kMatrixAxes + kMaxBatchAxes);
}

// Extent along an axis of kMaxBatchAxes, of which a tensor has only the last ones.
int32_t BatchExtent(const TensorInfo& tensor, int32_t axis) {
  const int32_t own = axis - (kMaxBatchAxes + kMatrixAxes - tensor.rank());
  return own < 0 ? 1 : tensor.dim(own);
}

MatrixSteps StepsOf(const TensorInfo& tensor, bool depth_is_last) {
  MatrixSteps steps;
  const int32_t last = tensor.dim(-1);
  steps.outer = depth_is_last ? last : 1;
  steps.depth = depth_is_last ? 1 : last;
  int32_t step = last * tensor.dim(-2);
  for (int32_t axis = kMaxBatchAxes - 1; axis >= 0; --axis) {
    const int32_t extent = BatchExtent(tensor, axis);
    steps.batches[axis] = extent == 1 ? 0 : step;
    step *= extent;
  }
  return steps;
}

Verdict CheckBatches(const PrepareContext& context, BatchMatmul* shape) {
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(),
                                     a.rank() > b.rank() ? a.rank() : b.rank()));
  for (int32_t axis = 0; axis < kMaxBatchAxes; ++axis) {
    const int32_t extent_a = BatchExtent(a, axis);
    const int32_t extent_b = BatchExtent(b, axis);
    if (extent_a != extent_b && extent_a != 1 && extent_b != 1) {
      return context.Invalid("inputs: extents of one axis"_text, extent_b, extent_a);
    }
    shape->batches[axis] = extent_a > extent_b ? extent_a : extent_b;
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, BatchExtent(output, axis),
                                       shape->batches[axis]));
  }
  return Verdict::Ok();
}

Verdict CheckTensors(const PrepareContext& context, TensorType type, BatchMatmul* shape) {
  const auto* options = context.options<schema::BatchMatMulOptions>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input 1: type"_text, b, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckRank(context, "input 0: rank"_text, a));
  EARSHOT_RETURN_IF_ERROR(CheckRank(context, "input 1: rank"_text, b));
  EARSHOT_RETURN_IF_ERROR(CheckBatches(context, shape));
  shape->rows = a.dim(options->adj_x() ? -1 : -2);
  shape->depth = a.dim(options->adj_x() ? -2 : -1);
  shape->columns = b.dim(options->adj_y() ? -2 : -1);
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "input 1: depth"_text, b.dim(options->adj_y() ? -1 : -2), shape->depth));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rows"_text, output.dim(-2), shape->rows));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: columns"_text, output.dim(-1), shape->columns));
  shape->a = StepsOf(a, !options->adj_x());
  shape->b = StepsOf(b, options->adj_y());
  return Verdict::Ok();
}

Verdict PrepareInteger(PrepareContext& context, TensorType type) {
  BatchMatmulInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, type, &data.shape));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  for (const TensorInfo* tensor : {&a, &b, &output}) {
    EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "number of scales"_text, *tensor));
    if (type == TensorType::INT8) continue;
    EARSHOT_RETURN_IF_ERROR(CheckZeroPointZero(context, "zero point"_text, *tensor));
  }
  data.zero_point_a = a.zero_point();
  data.zero_point_b = b.zero_point();
  // As for FULLY_CONNECTED, the product of the scales is rounded to float.
  const PositiveReal product = RoundedToFloat(Product(RealOf(a.scale()), RealOf(b.scale())));
  const PositiveReal ratio = Quotient(product, RealOf(output.scale()), kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, ratio, &data.multiplier,
                                         type == TensorType::INT16 ? kMaxWideShift : kMaxShift));
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareBatchMatmulInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8);
}

Verdict PrepareBatchMatmulInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16);
}

Verdict PrepareBatchMatmulFloat32(PrepareContext& context) {
  BatchMatmul shape;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::FLOAT32, &shape));
  context.SetData(shape);
  return Verdict::Ok();
}

}  // namespace earshot
