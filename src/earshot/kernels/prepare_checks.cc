// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/prepare_checks.h"

#include "earshot/runtime/positive_real.h"

namespace earshot {

Verdict CheckSignature(const PrepareContext& context, size_t required, size_t most,
                       size_t outputs) {
  const size_t inputs = context.input_count();
  if (inputs < required || inputs > most) {
    return context.Invalid("number of inputs"_text, static_cast<int32_t>(inputs),
                           static_cast<int32_t>(inputs < required ? required : most));
  }
  for (size_t i = 0; i < required; ++i) {
    if (!context.has_input(i)) {
      return context.Invalid(
          "an input is absent: inputs present in front of it (wanted: at least)"_text,
          static_cast<int32_t>(i), static_cast<int32_t>(required));
    }
  }
  return CheckEqual(context, "number of outputs"_text, static_cast<int32_t>(context.output_count()),
                    static_cast<int32_t>(outputs));
}

Verdict CheckEqual(const PrepareContext& context, StaticText what, int32_t found, int32_t wanted) {
  return found == wanted ? Verdict::Ok() : context.Invalid(what, found, wanted);
}

Verdict CheckAtLeast(const PrepareContext& context, StaticText what, int32_t found, int32_t least) {
  return found >= least ? Verdict::Ok() : context.Invalid(what, found, least);
}

Verdict CheckAtMost(const PrepareContext& context, StaticText what, int32_t found, int32_t most) {
  return found <= most ? Verdict::Ok() : context.Unsupported(what, found, most);
}

Verdict CheckFinite(const PrepareContext& context, StaticText what, float found) {
  constexpr uint32_t kBitsOfInfinity = 0x7F800000;
  return (FloatBits(found) & kBitsOfInfinity) != kBitsOfInfinity ? Verdict::Ok()
                                                                 : context.Invalid(what, 0, 1);
}

Verdict CheckType(const PrepareContext& context, StaticText what, const TensorInfo& tensor,
                  TensorType wanted) {
  return tensor.type == wanted ? Verdict::Ok() : context.UnsupportedType(what, tensor.type, wanted);
}

Verdict CheckTruth(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  EARSHOT_RETURN_IF_ERROR(CheckType(context, what, tensor, TensorType::BOOL));
  return CheckEqual(context, "a truth: number of elements"_text, tensor.count(), 1);
}

Verdict CheckSameShape(const PrepareContext& context, StaticText what, const TensorInfo& found,
                       const TensorInfo& wanted) {
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, what, found.rank(), wanted.rank()));
  for (int32_t axis = 0; axis < wanted.rank(); ++axis) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, what, found.dim(axis), wanted.dim(axis)));
  }
  return Verdict::Ok();
}

Verdict CheckVariable(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  return tensor.is_variable && !tensor.is_constant() ? Verdict::Ok() : context.Invalid(what, 0, 1);
}

namespace {

Verdict CheckOneScale(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  return CheckEqual(context, what, static_cast<int32_t>(tensor.scales.size()), 1);
}

}  // namespace

Verdict CheckPerTensor(const PrepareContext& context, StaticText what, const TensorInfo& tensor) {
  const auto count = static_cast<int32_t>(tensor.scales.size());
  const bool is_zero = count == 1 && FloatBits(tensor.scale()) == 0;
  return CheckEqual(context, what, is_zero ? 0 : count, 1);
}

Verdict CheckFunctionOfInt8(const PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  return CheckPerTensor(context, "output: number of scales"_text, output);
}

Verdict CheckZeroPointZero(const PrepareContext& context, StaticText what,
                           const TensorInfo& tensor) {
  const int32_t zero_point = tensor.zero_point();
  return zero_point == 0 ? Verdict::Ok() : context.Unsupported(what, zero_point, 0);
}

Verdict CheckSameQuantization(const PrepareContext& context, const TensorInfo& input,
                              const TensorInfo& output) {
  constexpr float kTolerance = 1.0e-6f;  // TensorFlow Lite's.
  EARSHOT_RETURN_IF_ERROR(CheckOneScale(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckOneScale(context, "output: number of scales"_text, output));
  if (input.zero_point() != output.zero_point()) {
    return context.Unsupported("output: zero point differs from the input's"_text,
                               output.zero_point(), input.zero_point());
  }
  const float difference = output.scale() - input.scale();
  if (difference > kTolerance || difference < -kTolerance) {
    return context.UnsupportedScale("output: scale differs from the input's"_text, output.scale(),
                                    input.scale());
  }
  return Verdict::Ok();
}

Verdict CheckEqualQuantization(const PrepareContext& context, const TensorInfo& found,
                               const TensorInfo& wanted) {
  constexpr int64_t kMostSteps = 8;  // Of float: 2^-24 to 2^-23 of the scale each.
  if (found.scales.empty() && wanted.scales.empty()) return Verdict::Ok();
  EARSHOT_RETURN_IF_ERROR(CheckOneScale(context, "input: number of scales"_text, found));
  EARSHOT_RETURN_IF_ERROR(CheckOneScale(context, "output: number of scales"_text, wanted));
  if (found.zero_point() != wanted.zero_point()) {
    return context.Unsupported("input and output: zero points differ"_text, found.zero_point(),
                               wanted.zero_point());
  }
  const int64_t steps = int64_t{FloatBits(found.scale())} - FloatBits(wanted.scale());
  if (steps >= -kMostSteps && steps <= kMostSteps) return Verdict::Ok();
  return context.UnsupportedScale("input and output: scales differ"_text, found.scale(),
                                  wanted.scale());
}

Verdict CheckPlain(const PrepareContext& context, const TensorInfo& tensor) {
  if (tensor.bytes != 0) return Verdict::Ok();
  return context.UnsupportedType("type without plain elements"_text, tensor.type, TensorType::INT8);
}

Verdict CheckSameElements(const PrepareContext& context, const TensorInfo& found,
                          const TensorInfo& wanted) {
  EARSHOT_RETURN_IF_ERROR(CheckPlain(context, wanted));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "type"_text, found, wanted.type));
  return CheckEqualQuantization(context, found, wanted);
}

Verdict CheckConstantInt32(const PrepareContext& context, StaticText what,
                           const TensorInfo& tensor) {
  EARSHOT_RETURN_IF_ERROR(CheckType(context, what, tensor, TensorType::INT32));
  return tensor.is_constant() ? Verdict::Ok() : context.Unsupported(what, 0, tensor.count());
}

Verdict CheckConstantIntegers(const PrepareContext& context, StaticText what,
                              const TensorInfo& tensor) {
  if (tensor.type == TensorType::INT64 && tensor.is_constant()) return Verdict::Ok();
  return CheckConstantInt32(context, what, tensor);
}

int64_t ConstantInteger(const TensorInfo& tensor, int32_t i) {
  const auto place = static_cast<size_t>(i);
  return tensor.type == TensorType::INT64 ? ValueOf(tensor.constant<schema::Int64>()[place])
                                          : tensor.constant<int32_t>()[place];
}

Verdict CheckSameNumber(const PrepareContext& context, StaticText what, int64_t found,
                        int64_t wanted) {
  if (found == wanted) return Verdict::Ok();
  return context.Invalid(what, StatusNumber(found), StatusNumber(wanted));
}

Verdict CheckSaysShape(const PrepareContext& context, const TensorInfo& says,
                       const TensorInfo& output) {
  const bool is_known = says.type == TensorType::INT32 || says.type == TensorType::INT64;
  if (!is_known || !says.is_constant()) return Verdict::Ok();
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), says.count()));
  for (int32_t axis = 0; axis < output.rank(); ++axis) {
    EARSHOT_RETURN_IF_ERROR(CheckSameNumber(context, "output: extent"_text, output.dim(axis),
                                            ConstantInteger(says, axis)));
  }
  return Verdict::Ok();
}

Verdict NormalizeAxis(const PrepareContext& context, int32_t rank, int32_t* axis) {
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "axis (wanted: at least)"_text, *axis, -rank));
  if (*axis >= rank) return context.Invalid("axis (wanted: at most)"_text, *axis, rank - 1);
  if (*axis < 0) *axis += rank;
  return Verdict::Ok();
}

Verdict MissingOptions(const PrepareContext& context) {
  return context.Invalid("the operator's options are missing or damaged"_text, 0, 1);
}

}  // namespace earshot
