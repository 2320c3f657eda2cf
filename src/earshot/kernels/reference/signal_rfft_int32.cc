// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalRfftInt32(const InvokeContext& context) {
  Spectra<int32_t, EarshotComplex32>(context, EarshotRealFft32);
}

}  // namespace

const Kernel kSignalRfftInt32 = {kSignalRfftInt32Key, PrepareSignalRfftInt32,
                                 InvokeSignalRfftInt32};

}  // namespace earshot::reference
