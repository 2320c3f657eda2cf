// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/unidirectional_sequence_lstm.h"

#include <limits>

#include "earshot/kernels/convolution.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using Options = schema::UnidirectionalSequenceLSTMOptions;

constexpr size_t kInputs = 24;
constexpr int32_t kRank = 3;

// What gates count in before their activation, as the binary logarithm, and after it.
constexpr int32_t kGateInputPower = -12;
constexpr int32_t kGateOutputPower = -15;

struct Types {
  TensorType activation;
  TensorType weights;
  TensorType bias;
  TensorType cell;
};

bool IsGateTensor(size_t input) {
  return (input >= kLstmWeights && input < kLstmRecurrentWeights + kLstmGates) ||
         (input >= kLstmBias && input < kLstmBias + kLstmGates);
}

// That there are the tensors of a plain layer, and no others.
Verdict CheckInputs(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, kInputs));
  for (size_t i = 1; i < kInputs; ++i) {
    const bool wanted = IsGateTensor(i) || i == kLstmHidden || i == kLstmCell;
    if (context.has_input(i) == wanted) continue;
    const auto index = static_cast<int32_t>(i);
    if (wanted) return context.Unsupported("absent input of that number"_text, index, -1);
    return context.Unsupported("peephole, projection or normalization: input of that number"_text,
                               index, -1);
  }
  return Verdict::Ok();
}

Verdict CheckMatrix(const PrepareContext& context, size_t input, TensorType type, int32_t rows,
                    int32_t columns) {
  const TensorInfo matrix = context.input(input);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "weights: type"_text, matrix, type));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "weights: rank"_text, matrix.rank(), 2));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "weights: units"_text, matrix.dim(0), rows));
  return CheckEqual(context, "weights: depth"_text, matrix.dim(1), columns);
}

Verdict CheckState(const PrepareContext& context, size_t input, TensorType type,
                   const LstmShape& shape) {
  const TensorInfo state = context.input(input);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "state: type"_text, state, type));
  EARSHOT_RETURN_IF_ERROR(CheckVariable(context, "state: a variable tensor"_text, state));
  if (state.count() % shape.units == 0 && state.count() / shape.units == shape.batches) {
    return Verdict::Ok();
  }
  return context.Invalid("state: number of elements"_text, state.count(),
                         StatusNumber(int64_t{shape.batches} * shape.units));
}

Verdict CheckTensors(const PrepareContext& context, const Types& types, const Options& options,
                     LstmShape* shape) {
  EARSHOT_RETURN_IF_ERROR(CheckInputs(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, types.activation));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: rank"_text, input.rank(), kRank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), kRank));
  for (int32_t axis = 0; axis < 2; ++axis) {
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: batches or times"_text, output.dim(axis), input.dim(axis)));
  }
  const bool time_major = options.time_major();
  shape->batches = input.dim(time_major ? 1 : 0);
  shape->times = input.dim(time_major ? 0 : 1);
  shape->depth = input.dim(2);
  shape->units = output.dim(2);
  shape->batch_step = time_major ? 1 : shape->times;
  shape->time_step = time_major ? shape->batches : 1;
  for (size_t gate = 0; gate < kLstmGates; ++gate) {
    EARSHOT_RETURN_IF_ERROR(
        CheckMatrix(context, kLstmWeights + gate, types.weights, shape->units, shape->depth));
    EARSHOT_RETURN_IF_ERROR(CheckMatrix(context, kLstmRecurrentWeights + gate, types.weights,
                                        shape->units, shape->units));
    const TensorInfo bias = context.input(kLstmBias + gate);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "bias: type"_text, bias, types.bias));
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "bias: number of elements"_text, bias.count(), shape->units));
  }
  EARSHOT_RETURN_IF_ERROR(CheckState(context, kLstmHidden, types.activation, *shape));
  return CheckState(context, kLstmCell, types.cell, *shape);
}

Verdict CheckOptions(const PrepareContext& context, const Options& options) {
  constexpr uint32_t kBitsOfInfinity = 0x7F800000;
  constexpr auto kTanh = schema::ActivationFunctionType::TANH;
  if (options.fused_activation_function() != kTanh) {
    return context.Unsupported("activation function"_text,
                               static_cast<int32_t>(options.fused_activation_function()),
                               static_cast<int32_t>(kTanh));
  }
  // As bits: negative numbers and NaN are above infinity.
  if (FloatBits(options.cell_clip()) < kBitsOfInfinity) return Verdict::Ok();
  return context.Invalid("limit of the cell is not positive and finite"_text, 0, 1);
}

Verdict MakeGateMultiplier(const PrepareContext& context, const TensorInfo& input,
                           const TensorInfo& weights, QuantizedMultiplier* multiplier) {
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "weights: number of scales"_text, weights));
  if (weights.zero_point() != 0) {
    return context.Unsupported("weights: zero point"_text, weights.zero_point(), 0);
  }
  // As for FULLY_CONNECTED, the product of the scales is rounded to float.
  const PositiveReal product =
      RoundedToFloat(Product(RealOf(input.scale()), RealOf(weights.scale())));
  const PositiveReal ratio = TimesPowerOfTwo(product, -kGateInputPower);
  return MakeMultiplier(context, ratio, multiplier,
                        input.type == TensorType::INT16 ? kMaxWideShift : kMaxShift);
}

// `limit` in steps of `scale`, without its fraction, or `most` where that is less.
int32_t StepsOfLimit(float limit, float scale, int32_t most) {
  constexpr int32_t kMostBits = 15;
  const PositiveReal steps = Normalized(Quotient(RealOf(limit), RealOf(scale), kFloatBits));
  const int32_t bits = kNormalizedBits + steps.exponent;  // Of its integer.
  if (bits <= 0) return 0;
  if (bits > kMostBits) return most;
  return static_cast<int32_t>(steps.mantissa >> (kNormalizedBits - bits));
}

Verdict MakeCell(const PrepareContext& context, const Options& options, LstmInteger* data) {
  const TensorInfo hidden = context.input(kLstmHidden);
  const TensorInfo cell = context.input(kLstmCell);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "state: number of scales"_text, cell));
  int32_t power = 0;
  EARSHOT_RETURN_IF_ERROR(
      NearestPowerOfTwo(context, "cell: scale, as a power of two"_text, cell.scale(), &power));
  data->cell_scale = TableScaleOf(power);
  data->cell_limit = -INT16_MIN;
  if (options.cell_clip() > 0) {
    data->cell_limit = StepsOfLimit(options.cell_clip(), cell.scale(), INT16_MAX);
  }
  constexpr PositiveReal kGate = {1, kGateOutputPower};
  constexpr PositiveReal kTwoGates = {1, 2 * kGateOutputPower};
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, kGate, &data->forget_times_cell));
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context,
                                         Quotient(kTwoGates, RealOf(cell.scale()), kDoubleBits),
                                         &data->input_times_candidate));
  return MakeMultiplier(context, Quotient(kTwoGates, RealOf(hidden.scale()), kDoubleBits),
                        &data->output_times_tanh);
}

Verdict PrepareInteger(PrepareContext& context, const Types& types) {
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckOptions(context, *options));
  LstmInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckTensors(context, types, *options, &data.shape));
  const TensorInfo input = context.input(0);
  const TensorInfo hidden = context.input(kLstmHidden);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "state: number of scales"_text, hidden));
  if (types.activation == TensorType::INT8) {
    EARSHOT_RETURN_IF_ERROR(
        CheckAtMost(context, "input: depth"_text, data.shape.depth, kMaxInt8Products));
    EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "units"_text, data.shape.units, kMaxInt8Products));
  }
  data.input_zero_point = input.zero_point();
  data.hidden_zero_point = hidden.zero_point();
  for (size_t gate = 0; gate < kLstmGates; ++gate) {
    EARSHOT_RETURN_IF_ERROR(MakeGateMultiplier(context, input, context.input(kLstmWeights + gate),
                                               &data.from_input[gate]));
    EARSHOT_RETURN_IF_ERROR(MakeGateMultiplier(
        context, hidden, context.input(kLstmRecurrentWeights + gate), &data.from_hidden[gate]));
  }
  EARSHOT_RETURN_IF_ERROR(MakeCell(context, *options, &data));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareUnidirectionalSequenceLstmInt8(PrepareContext& context) {
  return PrepareInteger(context,
                        {TensorType::INT8, TensorType::INT8, TensorType::INT32, TensorType::INT16});
}

Verdict PrepareUnidirectionalSequenceLstmInt16(PrepareContext& context) {
  return PrepareInteger(
      context, {TensorType::INT16, TensorType::INT8, TensorType::INT64, TensorType::INT16});
}

Verdict PrepareUnidirectionalSequenceLstmFloat32(PrepareContext& context) {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckOptions(context, *options));
  LstmFloat32 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckTensors(context, {kFloat32, kFloat32, kFloat32, kFloat32}, *options, &data.shape));
  const float clip = options->cell_clip();
  const float limit = clip > 0 ? clip : std::numeric_limits<float>::infinity();
  data.cell = {-limit, limit};
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
