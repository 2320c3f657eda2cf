// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/elu.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareEluInt8(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckFunctionOfInt8(context));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  context.SetData(EluInt8{input.count(), input.scale(), input.zero_point(), 1 / output.scale(),
                          output.zero_point()});
  return Verdict::Ok();
}

}  // namespace earshot
