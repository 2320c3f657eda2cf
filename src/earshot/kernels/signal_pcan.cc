// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_pcan.h"

#include "earshot/frontend/pcan_gain.h"
#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalPcan(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  const TensorInfo estimate = context.input(1);
  const TensorInfo gains = context.input(2);
  const TensorInfo output = context.output(0);
  SignalPcan pcan = {context.input(0).count(), 0};
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "estimate: type"_text, estimate, TensorType::UINT32));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "gains: type"_text, gains, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::UINT32));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "estimate: number of elements"_text, estimate.count(), pcan.channels));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), pcan.channels));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "gains: number of elements"_text, gains.count(), kPcanGainEntries));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "snr_shift", "snr_shift: out of range, nearest"_text,
                                     0, 63, &pcan.snr_shift));
  context.SetData(pcan);
  return Verdict::Ok();
}

}  // namespace earshot
