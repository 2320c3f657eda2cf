// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/fully_connected.h"

#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/kernels/avx512vnni/packed_layer.h"

namespace earshot::avx512vnni {
namespace {

void PackFullyConnectedInt8(PackContext& context) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<FullyConnectedInteger>();
  const FullyConnectedShape& shape = data.shape;
  const bool is_constant = op.is_constant(1) && (shape.has_bias == 0 || op.is_constant(2));
  if (!is_constant || data.weights_zero_point != 0 ||
      !avx2::ScalesDown(op, data.multipliers, shape.output_depth)) {
    return;
  }
  // All rows of the input are one image, and each is one run.
  const int32_t values = shape.batches * shape.input_depth;
  const avx2::LayerPlaces places = {1,
                                    1,
                                    values,
                                    1,
                                    values,
                                    0,
                                    shape.input_depth,
                                    {1, 1, 0, 0},
                                    {shape.batches, shape.batches, 0, shape.input_depth}};
  PackLayer(context, places,
            {op.input<int8_t>(1), 1, shape.input_depth, shape.output_depth,
             shape.has_bias != 0 ? op.input<int32_t>(2) : nullptr, data.multipliers,
             data.input_zero_point, data.output});
}

void InvokeFullyConnectedInt8(const InvokeContext& context) {
  const auto* packed = context.packed<avx2::SpreadLayer>();
  if (packed == nullptr) return avx2::kFullyConnectedInt8.invoke(context);
  InvokeLayer(context, *packed);
}

}  // namespace

const Kernel kFullyConnectedInt8 = {kFullyConnectedInt8Key, PrepareFullyConnectedInt8,
                                    InvokeFullyConnectedInt8, PackFullyConnectedInt8};

}  // namespace earshot::avx512vnni
