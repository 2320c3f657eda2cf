// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/conv_2d.h"

#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/kernels/avx512vnni/packed_layer.h"

namespace earshot::avx512vnni {
namespace {

void PackConv2DInt8(PackContext& context) { PackConvolution(context, false); }

void InvokeConv2DInt8(const InvokeContext& context) {
  const auto* packed = context.packed<avx2::SpreadLayer>();
  if (packed == nullptr) return avx2::kConv2DInt8.invoke(context);
  InvokeLayer(context, *packed);
}

}  // namespace

const Kernel kConv2DInt8 = {kConv2DInt8Key, PrepareConv2DInt8, InvokeConv2DInt8, PackConv2DInt8};

}  // namespace earshot::avx512vnni
