// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels for x86 processors with AVX2, on hosts. Each gives the bits of the reference kernel of
// its name.
//
// Only functions marked with EARSHOT_AVX2 may contain such instructions, which is why the files are
// not compiled with -mavx2: an inline function of some header would be too, and the linker might
// keep that copy of it for processors that have no AVX2.
#pragma once

#include "earshot/kernels/portable/kernels.h"
#include "earshot/runtime/kernel.h"

#define EARSHOT_AVX2 [[gnu::target("avx2")]]

namespace earshot::avx2 {

// A kernel that is not in the list below is the portable one.
using namespace portable;  // NOLINT(google-build-using-namespace): that is what it is for.

#define EARSHOT_KERNEL(name) extern const Kernel k##name;
#include "earshot/kernels/avx2/kernel_list.inc"

}  // namespace earshot::avx2
