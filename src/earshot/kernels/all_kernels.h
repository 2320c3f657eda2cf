// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every kernel that there is. Whoever links this links all of them: for host programs and tests.
// Firmware lists its own (earshot/runtime/operator_resolver.h).
#pragma once

#include "earshot/base/span.h"
#include "earshot/runtime/kernel.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// For running models here: on hosts in the implementations that are best on this processor
// (earshot/kernels/kernel_sets.h), on devices those of AllKernels(). In constant memory, as is all
// else here.
const OperatorResolver& AllKernelsResolver();

// For devices, and for what is said about them on hosts, such as the arena that a model needs: each
// kernel as earshot/kernels/kernels.h has it.
Span<const Kernel* const> AllKernels();
const OperatorResolver& DeviceKernelsResolver();

// The C++ name of one of AllKernels() inside namespace earshot, e.g. "kernels::kConv2DInt8", for
// programs that write source code; null for any other kernel.
const char* KernelSymbol(const Kernel& kernel);

}  // namespace earshot
