// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/earshot.h"
#include "earshot/kernels/all_kernels.h"

// earshot_kernels is never defined: to C it is opaque, and to C++ it is an OperatorResolver.
extern "C" const earshot_kernels* earshot_all_kernels(void) {
  return reinterpret_cast<const earshot_kernels*>(&earshot::AllKernelsResolver());
}
