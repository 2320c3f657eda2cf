// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The walk of reference/pool_windows.h for int8, with several channels at a time: those of one
// place lie side by side in memory.
#pragma once

#include <cstdint>

#include "earshot/kernels/pool_2d.h"
#include "earshot/kernels/reference/pool_windows.h"
#include "earshot/runtime/kernel.h"

namespace earshot::portable {

constexpr int32_t kPoolChannels = 16;

// As PoolWindows(): `add` takes what was found so far of a channel, at first `start`, and a value;
// `finish` takes what was found of all, and how many values there were.
template <typename Add, typename Finish>
void PoolChannels(const InvokeContext& context, int32_t start, Add add, Finish finish) {
  const auto& data = context.data<Pool2DInteger>();
  const int32_t channels = data.shape.channels;
  const FilterAxis& height = data.shape.window.height;
  const FilterAxis& width = data.shape.window.width;
  const int32_t row = width.input * channels;
  const auto* image = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t batch = 0; batch < data.shape.batches; ++batch, image += height.input * row) {
    for (int32_t y = 0; y < height.output; ++y) {
      const TapRange rows = TapsInside(height, y);
      for (int32_t x = 0; x < width.output; ++x) {
        const TapRange columns = TapsInside(width, x);
        const int32_t column_count = columns.end - columns.begin;
        const int32_t count = (rows.end - rows.begin) * column_count;
        const int8_t* const window = image + InputPosition(height, y, rows.begin) * row +
                                     InputPosition(width, x, columns.begin) * channels;
        for (int32_t first = 0; first < channels; first += kPoolChannels) {
          const int32_t rest = channels - first;
          const int32_t together = rest < kPoolChannels ? rest : kPoolChannels;
          int32_t totals[kPoolChannels];
          for (int32_t& total : totals) total = start;
          const int8_t* values = window + first;
          for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y, values += row) {
            const int8_t* place = values;
            for (int32_t i = 0; i < column_count; ++i, place += channels) {
              if (together == kPoolChannels) {
                for (int32_t c = 0; c < kPoolChannels; ++c) totals[c] = add(totals[c], place[c]);
              } else {
                for (int32_t c = 0; c < together; ++c) totals[c] = add(totals[c], place[c]);
              }
            }
          }
          for (int32_t c = 0; c < together; ++c) {
            *output++ = reference::PoolOutput<int8_t>(finish(totals[c], count), data.output);
          }
        }
      }
    }
  }
}

}  // namespace earshot::portable
