// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AllKernelsResolver() of devices; that of hosts is in kernel_sets.cc.

#include "earshot/kernels/all_kernels.h"

namespace earshot {

const OperatorResolver& AllKernelsResolver() { return DeviceKernelsResolver(); }

}  // namespace earshot
