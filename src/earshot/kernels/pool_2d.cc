// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pool_2d.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// The values that one window may sum up without overflow: 2^31 / 255 of int8 or uint8 and 2^31 /
// 32768 of int16, less room for rounding.
constexpr int32_t kMaxInt8Sum = 1 << 22;
constexpr int32_t kMaxInt16Sum = 1 << 15;

Verdict CheckTensors(const PrepareContext& context, TensorType type,
                     const schema::Pool2DOptions& options, Pool2DShape* shape) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckImages(context, input, output));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: channels"_text, output.dim(3), input.dim(3)));
  shape->batches = input.dim(0);
  shape->channels = input.dim(3);
  constexpr int32_t kNoDilation = 1;
  return MakeFilterWindow(
      context,
      {options.padding(), options.stride_h(), options.stride_w(), kNoDilation, kNoDilation},
      options.filter_height(), options.filter_width(), input, output, &shape->window);
}

const schema::Pool2DOptions* Options(const PrepareContext& context) {
  return context.options<schema::Pool2DOptions>();
}

// The most taps that are inside of the image at once.
int64_t LargestCount(const FilterWindow& window) {
  const auto along = [](const FilterAxis& axis) -> int64_t {
    return axis.filter < axis.input ? axis.filter : axis.input;
  };
  return along(window.height) * along(window.width);
}

Verdict PrepareInteger(PrepareContext& context, TensorType type, int32_t most) {
  const schema::Pool2DOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  Pool2DInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, type, *options, &data.shape));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameQuantization(context, context.input(0), output));
  if (const int64_t count = LargestCount(data.shape.window); count > most) {
    return context.Unsupported("elements of one window (wanted: at most)"_text, StatusNumber(count),
                               most);
  }
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, options->fused_activation_function(), output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PreparePool2DInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, kMaxInt8Sum);
}

Verdict PreparePool2DInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, kMaxInt16Sum);
}

Verdict PreparePool2DUint8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::UINT8, kMaxInt8Sum);
}

Verdict PreparePool2DFloat32(PrepareContext& context) {
  const schema::Pool2DOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  Pool2DFloat32 data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::FLOAT32, *options, &data.shape));
  EARSHOT_RETURN_IF_ERROR(
      MakeFloatRange(context, options->fused_activation_function(), &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
