// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/window_place.h"
#include "earshot/kernels/window.h"

namespace earshot::reference {
namespace {

void InvokeSlice(const InvokeContext& context) {
  CopyRuns(context, context.data<Window>().copy,
           context.input<uint8_t>(0) + WindowPlace(context, 1), context.output<uint8_t>(0));
}

}  // namespace

const Kernel kSlice = {kSliceKey, PrepareSlice, InvokeSlice};

}  // namespace earshot::reference
