// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalIrfftInt16(const InvokeContext& context) {
  FramesOfSpectra<int16_t, EarshotComplex16>(context, EarshotInverseRealFft);
}

}  // namespace

const Kernel kSignalIrfftInt16 = {kSignalIrfftInt16Key, PrepareSignalIrfftInt16,
                                  InvokeSignalIrfftInt16};

}  // namespace earshot::reference
