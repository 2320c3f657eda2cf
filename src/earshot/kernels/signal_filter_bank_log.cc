// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_log.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalFilterBankLog(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo output = context.output(0);
  SignalFilterBankLog log = {context.input(0).count(), 0, 0};
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), log.channels));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "input_correction_bits",
                                     "input_correction_bits: out of range, nearest"_text, 0, 31,
                                     &log.correction_bits));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "output_scale",
                                     "output_scale: out of range, nearest"_text, 0, INT32_MAX,
                                     &log.scale));
  context.SetData(log);
  return Verdict::Ok();
}

}  // namespace earshot
