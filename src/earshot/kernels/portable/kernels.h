// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Faster kernels in plain C++, for every processor: the operators in which keyword models spend
// their time. Each gives the bits of the reference kernel of its name, after the same prepare.
//
// What makes them faster: positions inside of the image are found once per row and per output, a
// loaded value serves several outputs whose sums stay in registers, and rounding takes fewer steps.
#pragma once

#include "earshot/kernels/reference/kernels.h"
#include "earshot/runtime/kernel.h"

namespace earshot::portable {

// A kernel that is not in the list below is the reference's: portable::k<name> names one of each.
using namespace reference;  // NOLINT(google-build-using-namespace): that is what it is for.

#define EARSHOT_KERNEL(name) extern const Kernel k##name;
#include "earshot/kernels/portable/kernel_list.inc"

}  // namespace earshot::portable
