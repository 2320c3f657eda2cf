// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels for x86 processors with AVX-512 and its instructions for int8 (VNNI), on hosts. As with
// avx2/kernels.h, only marked functions may contain such instructions.
#pragma once

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/runtime/kernel.h"

#define EARSHOT_AVX512_VNNI [[gnu::target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]]

namespace earshot::avx512vnni {

// A kernel that is not in the list below is that of AVX2.
using namespace avx2;  // NOLINT(google-build-using-namespace): that is what it is for.

#define EARSHOT_KERNEL(name) extern const Kernel k##name;
#include "earshot/kernels/avx512vnni/kernel_list.inc"

}  // namespace earshot::avx512vnni
