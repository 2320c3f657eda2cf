// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalRfftFloat32(const InvokeContext& context) {
  Spectra<float, EarshotComplexFloat>(context, EarshotRealFftFloat);
}

}  // namespace

const Kernel kSignalRfftFloat32 = {kSignalRfftFloat32Key, PrepareSignalRfftFloat32,
                                   InvokeSignalRfftFloat32};

}  // namespace earshot::reference
