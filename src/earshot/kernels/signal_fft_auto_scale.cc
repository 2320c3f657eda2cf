// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_fft_auto_scale.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalFftAutoScale(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1, 2));
  const SignalFftAutoScale scale = {context.input(0).count()};
  const TensorInfo output = context.output(0);
  const TensorInfo bits = context.output(1);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, bits, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), scale.size));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: number of elements"_text, bits.count(), 1));
  context.SetData(scale);
  return Verdict::Ok();
}

}  // namespace earshot
