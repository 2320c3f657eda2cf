// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalRfftInt16(const InvokeContext& context) {
  Spectra<int16_t, EarshotComplex16>(context, EarshotRealFft);
}

}  // namespace

const Kernel kSignalRfftInt16 = {kSignalRfftInt16Key, PrepareSignalRfftInt16,
                                 InvokeSignalRfftInt16};

}  // namespace earshot::reference
