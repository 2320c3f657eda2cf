// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/detection_postprocess.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kDetectionPostprocessFloat32 = {kDetectionPostprocessFloat32Key,
                                             PrepareDetectionPostprocess,
                                             InvokeDetectionPostprocess<float>};

}  // namespace earshot::reference
