// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_energy.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalEnergy(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo output = context.output(0);
  SignalEnergy energy = {output.count(), 0, 0};
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::UINT32));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: number of elements"_text, energy.bins,
                                     context.input(0).count() / 2));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "end_index", "end_index: out of range, nearest"_text,
                                     0, energy.bins, &energy.end));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "start_index",
                                     "start_index: out of range, nearest"_text, 0, energy.end,
                                     &energy.start));
  context.SetData(energy);
  return Verdict::Ok();
}

}  // namespace earshot
