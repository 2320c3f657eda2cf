// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_window.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalWindow(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo weights = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "weights: type"_text, weights, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  SignalWindow window = {0, weights.count(), 0};
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "weights: number of elements"_text, window.size, input.dim(-1)));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), input.count()));
  EARSHOT_RETURN_IF_ERROR(
      ReadOption(context, "shift", "shift: out of range, nearest"_text, 0, 31, &window.shift));
  window.frames = input.count() / window.size;
  context.SetData(window);
  return Verdict::Ok();
}

}  // namespace earshot
