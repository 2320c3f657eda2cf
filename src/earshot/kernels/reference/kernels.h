// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The reference kernels: each reads like its formula, runs everywhere, and defines what a faster
// one has to equal, int8 bit for bit. Results are those of TensorFlow Lite Micro's reference
// kernels; float32 sums run in the order of the filter, without fused multiply-add.
//
// Limits and errors of each: the header of its operator in kernels/.
#pragma once

#include "earshot/runtime/kernel.h"

namespace earshot::reference {

#define EARSHOT_KERNEL(name) extern const Kernel k##name;
#include "earshot/kernels/kernel_list.inc"

}  // namespace earshot::reference
