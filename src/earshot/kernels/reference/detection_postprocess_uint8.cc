// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/detection_postprocess.h"

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kDetectionPostprocessUint8 = {kDetectionPostprocessUint8Key,
                                           PrepareDetectionPostprocess,
                                           InvokeDetectionPostprocess<uint8_t>};

}  // namespace earshot::reference
