// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What operators share that copy elements from regular places of one tensor to regular places of
// another: STRIDED_SLICE, TRANSPOSE, TILE, PAD and more.
//
// All of it counts in bytes, so that one loop serves every type. What lies side by side in both
// tensors is copied at once.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr uint32_t kMaxCopyAxes = 8;

// One axis along which runs are copied.
struct CopyAxis {
  int32_t extent;
  int32_t input_step;  // From one run to the next, in bytes; 0 repeats, negative ones go backward.
  int32_t output_step;
};

struct StridedCopy {
  uint32_t input_begin;  // Where the first run is taken from and put to, in bytes.
  uint32_t output_begin;
  uint32_t run_bytes;
  uint32_t runs;
  uint32_t axis_count;   // At most kMaxCopyAxes.
  uint32_t axes_offset;  // CopyAxis[axis_count], the innermost first.
};

// Makes a StridedCopy from the axes of what is copied, from the last to the first.
class CopyPlan {
 public:
  explicit CopyPlan(size_t element_bytes) : run_bytes_(static_cast<uint32_t>(element_bytes)) {}

  // `extent` elements, or whatever was added so far, that begin so many bytes apart. With an extent
  // of 1 the steps mean nothing.
  void AddAxis(int32_t extent, int32_t input_step, int32_t output_step);

  // Puts the axes into the arena. kUnsupported: more of them than kMaxCopyAxes that are not one
  // with their neighbours.
  Verdict Finish(PrepareContext& context, int32_t input_begin, int32_t output_begin,
                 StridedCopy* copy) const;

 private:
  uint32_t run_bytes_;
  uint32_t runs_ = 1;
  uint32_t count_ = 0;
  CopyAxis axes_[kMaxCopyAxes];
};

// The bytes from one place along each axis of a tensor to the next.
// Precondition: CheckCopyRank() is ok.
class ByteSteps {
 public:
  explicit ByteSteps(const TensorInfo& tensor);
  // Precondition: the tensor has the axis.
  // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.UndefReturn)
  int32_t operator[](int32_t axis) const { return steps_[axis]; }

 private:
  int32_t steps_[kMaxCopyAxes];
};

// kUnsupported: more axes than kMaxCopyAxes.
Verdict CheckCopyRank(const PrepareContext& context, const TensorInfo& tensor);

// Finish() with the result as the operator's data.
Verdict SetCopy(PrepareContext& context, const CopyPlan& plan, int32_t input_begin = 0);

}  // namespace earshot
