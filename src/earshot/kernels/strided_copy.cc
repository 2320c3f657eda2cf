// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/strided_copy.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

void CopyPlan::AddAxis(int32_t extent, int32_t input_step, int32_t output_step) {
  if (extent == 1) return;
  const auto run_bytes = static_cast<int32_t>(run_bytes_);
  if (count_ == 0 && input_step == run_bytes && output_step == run_bytes) {
    run_bytes_ *= static_cast<uint32_t>(extent);
    return;
  }
  runs_ *= static_cast<uint32_t>(extent);
  if (count_ != 0 && count_ <= kMaxCopyAxes) {
    CopyAxis& inner = axes_[count_ - 1];
    if (input_step == int64_t{inner.input_step} * inner.extent &&
        output_step == int64_t{inner.output_step} * inner.extent) {
      inner.extent *= extent;
      return;
    }
  }
  if (count_ < kMaxCopyAxes) axes_[count_] = {extent, input_step, output_step};
  ++count_;
}

Verdict CopyPlan::Finish(PrepareContext& context, int32_t input_begin, int32_t output_begin,
                         StridedCopy* copy) const {
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "axes that lie apart (wanted: at most)"_text,
                                      static_cast<int32_t>(count_),
                                      static_cast<int32_t>(kMaxCopyAxes)));
  *copy = {static_cast<uint32_t>(input_begin),
           static_cast<uint32_t>(output_begin),
           run_bytes_,
           runs_,
           count_,
           0};
  const CopyAxis* axis = axes_;
  for (CopyAxis& place : context.AllocateArray<CopyAxis>(count_, &copy->axes_offset)) {
    place = *axis++;
  }
  return Verdict::Ok();
}

ByteSteps::ByteSteps(const TensorInfo& tensor) {
  auto step = static_cast<int32_t>(ElementBytes(tensor.type));
  for (int32_t axis = tensor.rank() - 1; axis >= 0; --axis) {
    steps_[axis] = step;
    step *= tensor.dim(axis);
  }
}

Verdict CheckCopyRank(const PrepareContext& context, const TensorInfo& tensor) {
  return CheckAtMost(context, "rank (wanted: at most)"_text, tensor.rank(),
                     static_cast<int32_t>(kMaxCopyAxes));
}

Verdict SetCopy(PrepareContext& context, const CopyPlan& plan, int32_t input_begin) {
  StridedCopy copy;
  EARSHOT_RETURN_IF_ERROR(plan.Finish(context, input_begin, 0, &copy));
  context.SetData(copy);
  return Verdict::Ok();
}

}  // namespace earshot
