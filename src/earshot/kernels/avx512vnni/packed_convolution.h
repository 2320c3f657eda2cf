// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A convolution as a PackedLayer: where its windows' values are.
#pragma once

#include "earshot/kernels/avx512vnni/packed_layer.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx512vnni {

// Packs a convolution whose ConvolutionInteger is context.op().data(), as
// avx2::PackConvolution() does.
void PackConvolution(PackContext& context, bool channel_is_last);

}  // namespace earshot::avx512vnni
