// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every operator that there is a kernel for, with the one to use (earshot/kernels/kernels.h).
// Whoever links this links all of them: for host programs and tests. Firmware lists its own
// (earshot/runtime/operator_resolver.h).
#pragma once

#include "earshot/base/span.h"
#include "earshot/runtime/kernel.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// In constant memory, as are the other two.
Span<const Kernel* const> AllKernels();
const OperatorResolver& AllKernelsResolver();

// The C++ name of one of AllKernels() inside namespace earshot, e.g. "kernels::kConv2DInt8", for
// programs that write source code; null for any other kernel.
const char* KernelSymbol(const Kernel& kernel);

}  // namespace earshot
