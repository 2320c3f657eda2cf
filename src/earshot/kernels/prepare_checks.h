// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What Prepare functions check again and again. All leave numbers found and wanted in the Status.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// kInvalidModel unless the operator has `required` to `most` inputs, none of the required ones
// absent, and `outputs` outputs.
Verdict CheckSignature(const PrepareContext& context, size_t required, size_t most,
                       size_t outputs = 1);

// kInvalidModel unless equal.
Verdict CheckEqual(const PrepareContext& context, StaticText what, int32_t found, int32_t wanted);
// kInvalidModel unless `found` is at least `least`.
Verdict CheckAtLeast(const PrepareContext& context, StaticText what, int32_t found, int32_t least);
// kUnsupported unless `found` is at most `most`.
Verdict CheckAtMost(const PrepareContext& context, StaticText what, int32_t found, int32_t most);

// kInvalidModel unless the number is finite.
Verdict CheckFinite(const PrepareContext& context, StaticText what, float found);

// kUnsupported unless the tensor has that element type.
Verdict CheckType(const PrepareContext& context, StaticText what, const TensorInfo& tensor,
                  TensorType wanted);
// One truth: kUnsupported unless the tensor is of booleans, kInvalidModel unless it has one
// element.
Verdict CheckTruth(const PrepareContext& context, StaticText what, const TensorInfo& tensor);
// kInvalidModel unless rank and all extents are equal.
Verdict CheckSameShape(const PrepareContext& context, StaticText what, const TensorInfo& found,
                       const TensorInfo& wanted);

// kInvalidModel unless the tensor is a variable one, which the operator may write as an input.
Verdict CheckVariable(const PrepareContext& context, StaticText what, const TensorInfo& tensor);

// kInvalidModel unless the tensor has exactly one scale and zero point. A scale of 0 counts as
// none.
Verdict CheckPerTensor(const PrepareContext& context, StaticText what, const TensorInfo& tensor);
// For operators that give an int8 for each int8: signature, type, shape, one scale each.
Verdict CheckFunctionOfInt8(const PrepareContext& context);
// kUnsupported unless the zero point is 0. Precondition: CheckPerTensor() was ok.
Verdict CheckZeroPointZero(const PrepareContext& context, StaticText what,
                           const TensorInfo& tensor);
// For operators that only move or select values: input and output mean the same by them, to within
// the rounding of converters. kInvalidModel without quantization, kUnsupported when they differ.
Verdict CheckSameQuantization(const PrepareContext& context, const TensorInfo& input,
                              const TensorInfo& output);

// The same to within a millionth of the scale, without floating point. Tensors that both are not
// quantized mean the same as well.
Verdict CheckEqualQuantization(const PrepareContext& context, const TensorInfo& found,
                               const TensorInfo& wanted);

// For operators that move elements of any type. kUnsupported where a tensor's are no plain array of
// bytes (strings, resources, packed 4-bit integers).
Verdict CheckPlain(const PrepareContext& context, const TensorInfo& tensor);
// That `found` holds plain elements of the type and the quantization of `wanted`. kInvalidModel
// where only one of both is quantized, kUnsupported for all else.
Verdict CheckSameElements(const PrepareContext& context, const TensorInfo& found,
                          const TensorInfo& wanted);

// An input that must be known before the model runs, as an array. kUnsupported when it is computed
// by the model or is no int32.
Verdict CheckConstantInt32(const PrepareContext& context, StaticText what,
                           const TensorInfo& tensor);

// The same for int32 or int64 alike; ConstantInteger() is its i-th number.
Verdict CheckConstantIntegers(const PrepareContext& context, StaticText what,
                              const TensorInfo& tensor);
int64_t ConstantInteger(const TensorInfo& tensor, int32_t i);

// As CheckEqual(), for numbers that may be beyond int32_t.
Verdict CheckSameNumber(const PrepareContext& context, StaticText what, int64_t found,
                        int64_t wanted);

// For an input that says what the output's shape says, too: kInvalidModel where it is constant and
// says something else. Anything but int32 and int64 is not looked at.
Verdict CheckSaysShape(const PrepareContext& context, const TensorInfo& says,
                       const TensorInfo& output);

// Makes an axis that may count from the back, -1 being the last, count from the front.
// kInvalidModel unless there is such an axis.
Verdict NormalizeAxis(const PrepareContext& context, int32_t rank, int32_t* axis);

// kInvalidModel, for options that are needed and not there.
Verdict MissingOptions(const PrepareContext& context);

}  // namespace earshot
