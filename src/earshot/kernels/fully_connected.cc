// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/fully_connected.h"

#include "earshot/kernels/convolution.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr size_t kInput = 0;
constexpr size_t kWeights = 1;

Verdict CheckTensors(const PrepareContext& context, TensorType type, FullyConnectedShape* shape) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 3));
  const TensorInfo input = context.input(kInput);
  const TensorInfo weights = context.input(kWeights);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "weights: rank"_text, weights.rank(), 2));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "output: rank (wanted: at least)"_text, output.rank(), 1));
  shape->output_depth = weights.dim(0);
  shape->input_depth = weights.dim(1);
  shape->batches = input.count() / shape->input_depth;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context,
                                     "input: elements beyond whole rows of the weights' depth"_text,
                                     input.count() % shape->input_depth, 0));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: last extent"_text, output.dim(-1), shape->output_depth));
  const int64_t outputs = static_cast<int64_t>(shape->batches) * shape->output_depth;
  if (outputs != output.count()) {
    return context.Invalid("output: number of elements"_text, output.count(),
                           StatusNumber(outputs));
  }
  return CheckBias(context, type, shape->output_depth, &shape->has_bias);
}

const schema::FullyConnectedOptions* Options(const PrepareContext& context) {
  return context.options<schema::FullyConnectedOptions>();
}

Verdict CheckFormat(const PrepareContext& context, const schema::FullyConnectedOptions& options) {
  if (options.weights_format() == 0) return Verdict::Ok();
  return context.Unsupported("weights: format"_text, options.weights_format(), 0);
}

Verdict PrepareInteger(PrepareContext& context, TensorType type) {
  const schema::FullyConnectedOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckFormat(context, *options));
  FullyConnectedInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, type, &data.shape));
  const TensorInfo input = context.input(kInput);
  const TensorInfo weights = context.input(kWeights);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  if (type == TensorType::INT16) {
    EARSHOT_RETURN_IF_ERROR(CheckZeroPointZero(context, "input: zero point"_text, input));
    EARSHOT_RETURN_IF_ERROR(CheckZeroPointZero(context, "output: zero point"_text, output));
  }
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, options->fused_activation_function(), output, &data.output));
  data.input_zero_point = input.zero_point();
  data.weights_zero_point = 0;
  if (weights.scales.size() == 1) {
    // Unlike in convolutions, the format's reference rounds the product of the scales to float.
    data.weights_zero_point = weights.zero_point();
    EARSHOT_RETURN_IF_ERROR(MakeMultipliers(context, input, weights, output,
                                            ScaleProduct::kRoundedToFloat, &data.multipliers));
  } else {
    EARSHOT_RETURN_IF_ERROR(
        MakeChannelMultipliers(context, input, weights, output, 0, &data.multipliers));
  }
  if (type != TensorType::INT16) {
    const bool is_small = type == TensorType::INT8 && data.weights_zero_point == 0;
    EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "weights: elements per output"_text,
                                        data.shape.input_depth,
                                        is_small ? kMaxInt8Products : kMaxProductsWithZeroPoint));
  }
  context.SetData(data);
  return Verdict::Ok();
}

Verdict MakeFloat32(const PrepareContext& context, FullyConnectedFloat32* data) {
  const schema::FullyConnectedOptions* options = Options(context);
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckFormat(context, *options));
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, TensorType::FLOAT32, &data->shape));
  return MakeFloatRange(context, options->fused_activation_function(), &data->output);
}

}  // namespace

Verdict PrepareFullyConnectedInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8);
}

Verdict PrepareFullyConnectedUint8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::UINT8);
}

Verdict PrepareFullyConnectedInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16);
}

Verdict PrepareFullyConnectedInt4Weights(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckInt4Weights(context));
  return PrepareFullyConnectedInt8(context);
}

Verdict PrepareFullyConnectedFloat32(PrepareContext& context) {
  FullyConnectedFloat32 data;
  EARSHOT_RETURN_IF_ERROR(MakeFloat32(context, &data));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareFullyConnectedHybrid(PrepareContext& context) {
  FullyConnectedHybrid data;
  EARSHOT_RETURN_IF_ERROR(MakeFloat32(context, &data.layer));
  EARSHOT_RETURN_IF_ERROR(MakeHybrid(context, 0, data.layer.shape.input_depth,
                                     Options(context)->asymmetric_quantize_inputs(), &data.hybrid));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
