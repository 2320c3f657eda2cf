// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The slices of a tensor along one axis: what CONCATENATION and PACK join, and SPLIT, SPLIT_V and
// UNPACK take apart.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// How a tensor and its slices lie in memory: the tensor is `outer_size` rows; each row holds one
// run of every slice, in the order of the slices. The runs of one slice follow each other in its
// own memory. All of it counts in bytes, so that one loop serves every type.
struct AxisSlices {
  uint32_t outer_size;  // The product of the extents in front of the axis.
  uint32_t count;
  uint32_t run_bytes_offset;  // uint32_t[count]: the bytes of one run of each slice.
};

enum class SlicesAre : uint8_t { kInputs, kOutputs };

// Check that the first `count` inputs, or outputs, are together `whole` along `axis` (negative
// ones count from the back), with its type and quantization, and leave an AxisSlices as the
// operator's data. In the second, slices are one place of the axis each, and do not have it.
//
// kInvalidModel: no such axis, shapes that do not fit together, missing quantization.
// kUnsupported: another type than the whole's, or another quantization, or elements that are not
//   plain.
Verdict PrepareAxisSlices(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                          SlicesAre slices, size_t count);
Verdict PrepareStackedSlices(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                             SlicesAre slices, size_t count);

}  // namespace earshot
