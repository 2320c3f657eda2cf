// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/strided_slice.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using Options = schema::StridedSliceOptions;

constexpr int32_t kMaxEntries = 31;  // As many as a mask has bits.

// What is taken along one axis of the input.
struct Taken {
  int32_t begin;
  int32_t stride;
  int32_t count;
};

Verdict CheckEntries(const PrepareContext& context) {
  for (size_t i = 1; i <= 3; ++i) {
    const TensorInfo entries = context.input(i);
    EARSHOT_RETURN_IF_ERROR(
        CheckConstantInt32(context, "begin, end, strides: constants of type"_text, entries));
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "begin, end, strides: number of elements"_text,
                                       entries.count(), context.input(1).count()));
  }
  return CheckAtMost(context, "begin, end, strides: number of elements"_text,
                     context.input(1).count(), kMaxEntries);
}

bool IsSet(int32_t mask, int32_t entry) { return (mask >> entry & 1) != 0; }

// A begin or end as it stands in the file to what it means: backward, -1 is before the first.
int32_t Place(int32_t place, int32_t extent, bool forward) {
  if (place < 0) place += extent;
  const int32_t lowest = forward ? 0 : -1;
  const int32_t highest = forward ? extent : extent - 1;
  if (place < lowest) return lowest;
  return place > highest ? highest : place;
}

// Goes through the entries, the axes of the input and those of the output at once.
class Slicer {
 public:
  Slicer(const PrepareContext& context, const Options& options, const TensorInfo& input)
      : context_(context),
        options_(options),
        input_(input),
        output_(context.output(0).shape),
        begins_(context.input(1).constant<int32_t>()),
        ends_(context.input(2).constant<int32_t>()),
        strides_(context.input(3).constant<int32_t>()) {}

  // Fills in one Taken for each axis of the input.
  Verdict Slice(Taken* taken) {
    const auto entries = static_cast<int32_t>(begins_.size());
    int32_t rest = input_.rank();  // Axes that no entry is for.
    for (int32_t i = 0; i < entries; ++i) {
      if (!IsSet(options_.ellipsis_mask() | options_.new_axis_mask(), i)) --rest;
    }
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context_, "input: rank (wanted: at least)"_text,
                                         input_.rank(), input_.rank() - rest));
    for (int32_t i = 0; i <= entries; ++i) {
      if (i == entries || IsSet(options_.ellipsis_mask(), i)) {
        for (; rest > 0; --rest) {
          const int32_t extent = input_.dim(axis_);
          taken[axis_++] = {0, 1, extent};
          EARSHOT_RETURN_IF_ERROR(CheckNextExtent(extent));
        }
      } else if (IsSet(options_.new_axis_mask(), i)) {
        EARSHOT_RETURN_IF_ERROR(CheckNextExtent(1));
      } else {
        EARSHOT_RETURN_IF_ERROR(TakeEntry(i, taken));
      }
    }
    return CheckEqual(context_, "output: rank"_text, static_cast<int32_t>(output_.size()),
                      static_cast<int32_t>(output_axis_));
  }

 private:
  Verdict CheckNextExtent(int32_t extent) {
    if (output_axis_ >= output_.size()) {
      return context_.Invalid("output: rank"_text, static_cast<int32_t>(output_.size()),
                              static_cast<int32_t>(output_axis_) + 1);
    }
    return CheckEqual(context_, "output: extent"_text, output_[output_axis_++], extent);
  }

  Verdict TakeEntry(int32_t entry, Taken* taken) {
    const auto i = static_cast<size_t>(entry);
    const int32_t extent = input_.dim(axis_);
    const int32_t stride = strides_[i];
    if (stride == 0) return context_.Invalid("stride"_text, 0, 1);
    const bool forward = stride > 0;
    int32_t begin = forward ? 0 : extent - 1;
    int32_t end = forward ? extent : -1;
    if (!IsSet(options_.begin_mask(), entry)) begin = Place(begins_[i], extent, forward);
    if (!IsSet(options_.end_mask(), entry)) end = Place(ends_[i], extent, forward);
    if (IsSet(options_.shrink_axis_mask(), entry)) {
      // The end does not matter then.
      taken[axis_++] = {begin, 1, 1};
      return CheckEqual(context_, "shrunk axis: elements that are taken"_text,
                        begin >= 0 && begin < extent ? 1 : 0, 1);
    }
    const int32_t distance = forward ? end - begin : begin - end;
    // As unsigned: the lowest stride has no opposite.
    const uint32_t step =
        forward ? static_cast<uint32_t>(stride) : 0u - static_cast<uint32_t>(stride);
    const int32_t count =
        distance > 0 ? static_cast<int32_t>(static_cast<uint32_t>(distance - 1) / step) + 1 : 0;
    taken[axis_++] = {begin, stride, count};
    return CheckNextExtent(count);
  }

  const PrepareContext& context_;
  const Options& options_;
  const TensorInfo& input_;
  const Span<const int32_t> output_;  // Its extents.
  const Span<const int32_t> begins_;
  const Span<const int32_t> ends_;
  const Span<const int32_t> strides_;
  int32_t axis_ = 0;  // Of the input.
  size_t output_axis_ = 0;
};

}  // namespace

Verdict PrepareStridedSlice(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 4, 4));
  const TensorInfo input = context.input(0);
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  if (options->offset()) return context.Unsupported("offset"_text, 1, 0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, context.output(0), input));
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, input));
  EARSHOT_RETURN_IF_ERROR(CheckEntries(context));
  Taken taken[kMaxCopyAxes];
  EARSHOT_RETURN_IF_ERROR(Slicer(context, *options, input).Slice(taken));

  const ByteSteps steps(input);
  CopyPlan plan(ElementBytes(input.type));
  int32_t begin = 0;
  auto output_step = static_cast<int32_t>(ElementBytes(input.type));
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const Taken& along = taken[axis];
    begin += along.begin * steps[axis];
    // With one element there is no next; the product might be too large.
    plan.AddAxis(along.count, along.count > 1 ? along.stride * steps[axis] : 0, output_step);
    output_step *= along.count;
  }
  return SetCopy(context, plan, begin);
}

}  // namespace earshot
