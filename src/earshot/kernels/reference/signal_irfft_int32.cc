// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalIrfftInt32(const InvokeContext& context) {
  FramesOfSpectra<int32_t, EarshotComplex32>(context, EarshotInverseRealFft32);
}

}  // namespace

const Kernel kSignalIrfftInt32 = {kSignalIrfftInt32Key, PrepareSignalIrfftInt32,
                                  InvokeSignalIrfftInt32};

}  // namespace earshot::reference
