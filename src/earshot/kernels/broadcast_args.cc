// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/broadcast_args.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareBroadcastArgs(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  for (const TensorInfo& tensor : {a, b, output}) {
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "type"_text, tensor, a.type));
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, tensor.rank(), 1));
  }
  const int32_t rank = a.count() > b.count() ? a.count() : b.count();
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), rank));
  context.SetData(BroadcastArgs{rank, {rank - a.count(), rank - b.count()}});
  return Verdict::Ok();
}

}  // namespace earshot
