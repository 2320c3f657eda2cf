// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The kernel that programs and images should list for each operator and type: kernels::k<name> is
// the fastest that runs on every processor, and the reference kernel where there is no faster one.
// All of them give the same bits.
#pragma once

#include "earshot/kernels/portable/kernels.h"

namespace earshot::kernels {

using namespace portable;  // NOLINT(google-build-using-namespace): another name for all of them.

}  // namespace earshot::kernels
