// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_square_root.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalFilterBankSquareRoot(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const SignalFilterBankSquareRoot root = {context.input(0).count()};
  const TensorInfo bits = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "bits: type"_text, bits, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::UINT32));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "bits: number of elements"_text, bits.count(), 1));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), root.channels));
  context.SetData(root);
  return Verdict::Ok();
}

}  // namespace earshot
