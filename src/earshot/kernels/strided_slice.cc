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
  int64_t begin;
  int64_t stride;
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
int64_t Place(int64_t place, int32_t extent, bool forward) {
  if (place < 0) place += extent;
  const int64_t lowest = forward ? 0 : -1;
  const int64_t highest = forward ? extent : extent - 1;
  if (place < lowest) return lowest;
  return place > highest ? highest : place;
}

// Goes through the entries, the axes of the input and those of the output at once.
class Slicer {
 public:
  Slicer(const PrepareContext& context, const Options& options, const TensorInfo& input)
      : context_(context), options_(options), input_(input), output_(context.output(0)) {}

  // Fills in one Taken for each axis of the input.
  Verdict Slice(Taken* taken) {
    const int32_t entries = context_.input(1).count();
    int32_t rest = input_.rank();  // Axes that no entry is for.
    for (int32_t i = 0; i < entries; ++i) {
      if (!IsSet(options_.ellipsis_mask() | options_.new_axis_mask(), i)) --rest;
    }
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context_, "input: rank (wanted: at least)"_text,
                                         input_.rank(), input_.rank() - rest));
    for (int32_t i = 0; i < entries; ++i) {
      if (IsSet(options_.ellipsis_mask(), i)) {
        for (; rest > 0; --rest) EARSHOT_RETURN_IF_ERROR(TakeWholeAxis(taken));
      } else if (IsSet(options_.new_axis_mask(), i)) {
        EARSHOT_RETURN_IF_ERROR(CheckNextExtent(1));
      } else {
        EARSHOT_RETURN_IF_ERROR(TakeEntry(i, taken));
      }
    }
    for (; rest > 0; --rest) EARSHOT_RETURN_IF_ERROR(TakeWholeAxis(taken));
    return CheckEqual(context_, "output: rank"_text, output_.rank(), output_axis_);
  }

 private:
  Verdict CheckNextExtent(int32_t extent) {
    if (output_axis_ >= output_.rank()) {
      return context_.Invalid("output: rank"_text, output_.rank(), output_axis_ + 1);
    }
    return CheckEqual(context_, "output: extent"_text, output_.dim(output_axis_++), extent);
  }

  Verdict TakeWholeAxis(Taken* taken) {
    const int32_t extent = input_.dim(axis_);
    taken[axis_++] = {0, 1, extent};
    return CheckNextExtent(extent);
  }

  Verdict TakeEntry(int32_t entry, Taken* taken) {
    const auto i = static_cast<size_t>(entry);
    const int32_t extent = input_.dim(axis_);
    const int64_t stride = context_.input(3).constant<int32_t>()[i];
    if (stride == 0) return context_.Invalid("stride"_text, 0, 1);
    const bool forward = stride > 0;
    const int64_t begin = IsSet(options_.begin_mask(), entry)
                              ? (forward ? 0 : extent - 1)
                              : Place(context_.input(1).constant<int32_t>()[i], extent, forward);
    const int64_t end = IsSet(options_.end_mask(), entry)
                            ? (forward ? extent : -1)
                            : Place(context_.input(2).constant<int32_t>()[i], extent, forward);
    if (IsSet(options_.shrink_axis_mask(), entry)) {
      // The end does not matter then.
      taken[axis_++] = {begin, 1, 1};
      return CheckEqual(context_, "shrunk axis: elements that are taken"_text,
                        begin >= 0 && begin < extent ? 1 : 0, 1);
    }
    const int64_t distance = forward ? end - begin : begin - end;
    const int64_t count = distance > 0 ? (distance - 1) / (forward ? stride : -stride) + 1 : 0;
    taken[axis_++] = {begin, stride, static_cast<int32_t>(count)};
    return CheckNextExtent(static_cast<int32_t>(count));
  }

  const PrepareContext& context_;
  const Options& options_;
  const TensorInfo& input_;
  const TensorInfo output_;
  int32_t axis_ = 0;  // Of the input.
  int32_t output_axis_ = 0;
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
  int64_t begin = 0;
  auto output_step = static_cast<int64_t>(ElementBytes(input.type));
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const Taken& along = taken[axis];
    begin += along.begin * steps[axis];
    plan.AddAxis(along.count, along.stride * steps[axis], output_step);
    output_step *= along.count;
  }
  return SetCopy(context, plan, begin);
}

}  // namespace earshot
