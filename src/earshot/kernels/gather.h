// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// GATHER and EMBEDDING_LOOKUP: the places of an axis that another tensor names, in its order.
//
//   GATHER            input 0: any rank of at least 1
//                     input 1: int32, places along the options' axis; its first `batch_dims` axes
//                     are
//                              the input's, and each of their places has a list of its own
//                     output:  the input's shape with the rest of input 1's instead of the axis
//   EMBEDDING_LOOKUP  input 0: int32 [places], rows of input 1
//                     input 1: rank of at least 1
//
// Places are data, which no one knows before the model runs: those outside the axis mean the
// nearest one inside.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: places are int32; same quantization in and out.
constexpr KernelKey kGatherKey(BuiltinOperator::GATHER);
constexpr KernelKey kEmbeddingLookupFloat32Key =
    KernelKey(BuiltinOperator::EMBEDDING_LOOKUP, TensorType::FLOAT32).WithInputs(1, 0);
constexpr KernelKey kEmbeddingLookupInt8Key =
    KernelKey(BuiltinOperator::EMBEDDING_LOOKUP, TensorType::INT8, kAnyType, TensorType::INT8)
        .WithInputs(1, 0);
// Limits: places are int32; one scale, zero point 0.
constexpr KernelKey kEmbeddingLookupInt8ToFloat32Key =
    KernelKey(BuiltinOperator::EMBEDDING_LOOKUP, TensorType::INT8, kAnyType, TensorType::FLOAT32)
        .WithInputs(1, 0);

// A row is all that one place of the axis stands for.
struct Gather {
  int32_t lists;       // Lists of places,
  int32_t repeats;     // each used so many times in turn,
  int32_t places;      // of so many places
  int32_t extent;      // along an axis of that extent.
  uint32_t row_bytes;  // Of the input.
  float scale;         // Of one element, where EMBEDDING_LOOKUP makes floats of int8.
};

// What a place that the model computed means along an axis.
constexpr int32_t PlaceInside(int32_t place, int32_t extent) {
  if (place < 0) return 0;
  return place < extent ? place : extent - 1;
}

// Each checks its operator and leaves a Gather as its data, PrepareGather() and
// PrepareEmbeddingLookup() for any type of plain elements.
//
// kInvalidModel: no options, no such axis, batch_dims that do not fit, another output shape.
// kUnsupported: places that are no int32, an output of another type or quantized unlike the input;
//   for the last, several scales or a zero point that is not 0.
Verdict PrepareGather(PrepareContext& context);
Verdict PrepareEmbeddingLookup(PrepareContext& context);
Verdict PrepareEmbeddingLookupInt8ToFloat32(PrepareContext& context);

}  // namespace earshot
