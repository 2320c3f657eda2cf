// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/resize_bilinear_float.h"

namespace earshot::reference {
namespace {

void InvokeResizeBilinearUint8(const InvokeContext& context) {
  BlendPixelsInFloat<uint8_t>(context,
                              [](float blended) { return static_cast<uint8_t>(blended + 0.5f); });
}

}  // namespace

const Kernel kResizeBilinearUint8 = {kResizeBilinearUint8Key, PrepareResizeBilinearFloat32,
                                     InvokeResizeBilinearUint8};

}  // namespace earshot::reference
