// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/filter_window.h"

#include "earshot/kernels/padding.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kImageRank = 4;
// Precondition: input, filter, stride and dilation of `axis` are what the file says.
Verdict FinishAxis(const PrepareContext& context, schema::Padding padding, int32_t declared_output,
                   FilterAxis* axis) {
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "filter size"_text, axis->filter, 1));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "stride"_text, axis->stride, 1));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "dilation"_text, axis->dilation, 1));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "extent of an image"_text, axis->input, kMaxExtent));
  const int32_t covered = StatusNumber(CoveredExtent(axis->filter, axis->dilation));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "extent of a filter"_text, covered, kMaxExtent));
  const int32_t output = OutputExtent(padding, axis->input, covered, axis->stride);
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: height or width"_text, declared_output, output));
  axis->output = declared_output;
  axis->padding = PaddingBefore(axis->input, output, covered, axis->stride);
  return Verdict::Ok();
}

}  // namespace

Verdict MakeFilterWindow(const PrepareContext& context, const FilterOptions& options,
                         int32_t filter_h, int32_t filter_w, const TensorInfo& input,
                         const TensorInfo& output, FilterWindow* window) {
  if (options.padding != schema::Padding::SAME && options.padding != schema::Padding::VALID) {
    return context.Invalid("padding (wanted: at most)"_text, static_cast<int32_t>(options.padding),
                           static_cast<int32_t>(schema::Padding::VALID));
  }
  window->height = {input.dim(1), 0, filter_h, options.stride_h, options.dilation_h, 0};
  window->width = {input.dim(2), 0, filter_w, options.stride_w, options.dilation_w, 0};
  EARSHOT_RETURN_IF_ERROR(FinishAxis(context, options.padding, output.dim(1), &window->height));
  return FinishAxis(context, options.padding, output.dim(2), &window->width);
}

Verdict CheckImages(const PrepareContext& context, const TensorInfo& input,
                    const TensorInfo& output) {
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: rank"_text, input.rank(), kImageRank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), kImageRank));
  return CheckEqual(context, "output: batches"_text, output.dim(0), input.dim(0));
}

}  // namespace earshot
