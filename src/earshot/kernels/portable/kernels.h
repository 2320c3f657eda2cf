// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Faster kernels in plain C++, for every processor: the operators in which keyword models spend
// their time. Each gives the bits of the reference kernel of its name, after the same prepare.
//
// What makes them faster: positions inside of the image are found once per row and per output, a
// loaded value serves several outputs whose sums stay in registers, and rounding takes fewer steps.
#pragma once

#include "earshot/runtime/kernel.h"

namespace earshot::portable {

extern const Kernel kConv2DInt8;
extern const Kernel kDepthwiseConv2DInt8;
extern const Kernel kFullyConnectedInt8;

}  // namespace earshot::portable
