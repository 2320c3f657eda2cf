// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/fully_connected.h"

#include <cstdint>

#include "earshot/kernels/portable/dot_products.h"
#include "earshot/kernels/portable/kernels.h"
#include "earshot/kernels/portable/output_stage.h"

namespace earshot::portable {
namespace {

void InvokeFullyConnectedInt8(const InvokeContext& context) {
  const auto& data = context.data<FullyConnectedInteger>();
  const FullyConnectedShape& shape = data.shape;
  const auto* row = context.input<int8_t>(0);
  const auto* matrix = context.input<int8_t>(1);
  auto* output = context.output<int8_t>(0);
  const OutputStage stage(shape.has_bias != 0 ? context.input<int32_t>(2) : nullptr,
                          context.array<QuantizedMultiplier>(data.multipliers.offset),
                          data.multipliers, data.output);
  const Runs whole_row = {data.input_zero_point, 1, shape.input_depth, 0, 0, shape.input_depth};
  for (int32_t batch = 0; batch < shape.batches; ++batch, row += shape.input_depth) {
    const int32_t share = WeightsZeroPointShare(data, row);
    const int8_t* weights = matrix;
    for (int32_t out = 0; out < shape.output_depth; out += kDotProducts) {
      const int32_t rest = shape.output_depth - out;
      const int32_t count = rest < kDotProducts ? rest : kDotProducts;
      int32_t sums[kDotProducts] = {share, share, share, share};
      AddDotProducts(whole_row, row, weights, count, sums);
      stage.Store(sums, count, out, output);
      weights += count * shape.input_depth;
      output += count;
    }
  }
}

}  // namespace

const Kernel kFullyConnectedInt8 = {kFullyConnectedInt8Key, PrepareFullyConnectedInt8,
                                    InvokeFullyConnectedInt8};

}  // namespace earshot::portable
