// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/resize_bilinear_float.h"

namespace earshot::reference {
namespace {

void InvokeResizeBilinearFloat32(const InvokeContext& context) {
  BlendPixelsInFloat<float>(context, [](float blended) { return blended; });
}

}  // namespace

const Kernel kResizeBilinearFloat32 = {kResizeBilinearFloat32Key, PrepareResizeBilinearFloat32,
                                       InvokeResizeBilinearFloat32};

}  // namespace earshot::reference
