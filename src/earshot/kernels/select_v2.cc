// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/select_v2.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// The extent of the axis that is `back` in front of the last one; 1 where there is none.
int32_t ExtentFromBack(const TensorInfo& tensor, int32_t back) {
  return back < tensor.rank() ? tensor.dim(-1 - back) : 1;
}

}  // namespace

Verdict PrepareSelectV2(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  const TensorInfo inputs[] = {context.input(0), context.input(1), context.input(2)};
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "condition: type"_text, inputs[0], TensorType::BOOL));
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, inputs[1], output));
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, inputs[2], output));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "output: rank (wanted: at most)"_text, output.rank(), kMaxSelectRank));
  const auto element_bytes = static_cast<uint32_t>(ElementBytes(output.type));
  SelectV2 data = {output.count(), element_bytes, {}};
  uint32_t steps[] = {1, element_bytes, element_bytes};
  for (const TensorInfo& input : inputs) {
    if (input.rank() > output.rank()) {
      return context.Invalid("output: rank"_text, output.rank(), input.rank());
    }
  }
  for (int32_t back = 0; back < kMaxSelectRank; ++back) {
    SelectAxis& axis = data.axes[back];
    axis.extent = ExtentFromBack(output, back);
    int32_t largest = 1;
    for (size_t i = 0; i < 3; ++i) {
      const int32_t extent = ExtentFromBack(inputs[i], back);
      if (extent != 1) {
        EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: extent"_text, extent, axis.extent));
        largest = extent;
      }
      axis.steps[i] = extent == 1 ? 0 : steps[i];
      steps[i] *= static_cast<uint32_t>(extent);
    }
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, axis.extent, largest));
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
