// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// STRIDED_SLICE with everything that its masks say, in either direction, against a walk over all
// places of each axis.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/moved_elements.h"

namespace earshot {
namespace {

using test::Random;
using test::Shape;

constexpr uint32_t kCases = 300;

struct Slice {
  Shape input;
  Shape begins, ends, strides;
  test::SliceSpec masks;
  std::vector<Shape> taken;      // Of each axis of the input: the places.
  std::vector<int32_t> axis_of;  // Of each axis of the output: the input's, -1 for a new one.

  int32_t bit() const { return 1 << begins.size(); }
  void AddEntry(int32_t begin, int32_t end, int32_t stride) {
    begins.push_back(begin);
    ends.push_back(end);
    strides.push_back(stride);
  }
};

// The places that are in the slice, found among all of the axis.
Shape PlacesTaken(int32_t extent, int32_t begin, int32_t end, int32_t stride) {
  Shape taken;
  if (begin < 0) begin += extent;
  if (end < 0) end += extent;
  if (stride > 0) {
    begin = std::max(begin, 0);
    for (int32_t i = begin; i < std::min(end, extent); i += stride) taken.push_back(i);
  } else {
    begin = std::min(begin, extent - 1);
    for (int32_t i = begin; i > std::max(end, -1); i += stride) taken.push_back(i);
  }
  return taken;
}

// An entry for the input's next axis, such that it takes anything.
void AddAxis(Random& random, Slice& slice) {
  const auto axis = static_cast<int32_t>(slice.taken.size());
  const int32_t extent = slice.input[static_cast<size_t>(axis)];
  const int32_t bit = slice.bit();
  if (random.Between(0, 4) == 0) {
    const int32_t place = random.Between(0, extent - 1);
    slice.masks.shrink_axis_mask |= bit;
    slice.AddEntry(random.Between(0, 1) == 0 ? place : place - extent, random.Between(-9, 9), 1);
    slice.taken.push_back({place});
    return;
  }
  for (;;) {
    const int32_t stride = random.Between(0, 1) == 0 ? random.Between(1, 3) : -random.Between(1, 3);
    const bool all_begin = random.Between(0, 3) == 0, all_end = random.Between(0, 3) == 0;
    const int32_t begin = random.Between(-extent - 2, extent + 2);
    const int32_t end = random.Between(-extent - 2, extent + 2);
    const Shape taken = PlacesTaken(extent, all_begin ? stride > 0 ? 0 : extent - 1 : begin,
                                    all_end ? stride > 0 ? extent : -extent - 1 : end, stride);
    if (taken.empty()) continue;
    if (all_begin) slice.masks.begin_mask |= bit;
    if (all_end) slice.masks.end_mask |= bit;
    slice.AddEntry(begin, end, stride);
    slice.axis_of.push_back(axis);
    slice.taken.push_back(taken);
    return;
  }
}

void TakeWhole(Slice& slice) {
  const auto axis = slice.taken.size();
  slice.axis_of.push_back(static_cast<int32_t>(axis));
  slice.taken.emplace_back();
  for (int32_t i = 0; i < slice.input[axis]; ++i) slice.taken.back().push_back(i);
}

void ExpectSliced(Random& random, const Slice& slice) {
  test::Movement movement = {BuiltinOperator::STRIDED_SLICE,
                             slice.input,
                             {test::ConstantInt32(slice.begins), test::ConstantInt32(slice.ends),
                              test::ConstantInt32(slice.strides)},
                             {},
                             test::StridedSliceOptions(slice.masks)};
  for (const int32_t axis : slice.axis_of) {
    movement.output.push_back(
        axis < 0 ? 1 : static_cast<int32_t>(slice.taken[static_cast<size_t>(axis)].size()));
  }
  test::ExpectMoved(random, movement, [&](const Shape& place) {
    Shape from;
    for (const Shape& taken : slice.taken) from.push_back(taken[0]);
    for (size_t i = 0; i < place.size(); ++i) {
      if (slice.axis_of[i] < 0) continue;
      const auto axis = static_cast<size_t>(slice.axis_of[i]);
      from[axis] = slice.taken[axis][static_cast<size_t>(place[i])];
    }
    return from;
  });
}

TEST(StridedSliceMasksTest, EntriesForEachAxis) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Slice slice;
    slice.input = test::AnyShape(random, 1, 4, 5);
    while (slice.taken.size() < slice.input.size()) AddAxis(random, slice);
    ExpectSliced(random, slice);
  }
}

TEST(StridedSliceMasksTest, NewAxesEllipsesAndAxesWithoutEntries) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Slice slice;
    slice.input = test::AnyShape(random, 1, 5, 4);
    const size_t rank = slice.input.size();
    // The axes from `open` to before `closed` are the ellipsis', or behind all entries.
    const auto open = static_cast<size_t>(random.Between(0, static_cast<int32_t>(rank)));
    const bool ellipsis = random.Between(0, 1) == 0;
    const auto closed = ellipsis ? static_cast<size_t>(random.Between(static_cast<int32_t>(open),
                                                                      static_cast<int32_t>(rank)))
                                 : rank;
    const auto maybe_new_axis = [&] {
      if (random.Between(0, 2) != 0) return;
      slice.masks.new_axis_mask |= slice.bit();
      slice.AddEntry(random.Between(-9, 9), random.Between(-9, 9), random.Between(-1, 1));
      slice.axis_of.push_back(-1);
    };
    while (slice.taken.size() < open) {
      maybe_new_axis();
      AddAxis(random, slice);
    }
    if (ellipsis) {
      slice.masks.ellipsis_mask |= slice.bit();
      slice.AddEntry(random.Between(-9, 9), random.Between(-9, 9), random.Between(-1, 1));
    } else {
      maybe_new_axis();
    }
    while (slice.taken.size() < closed) TakeWhole(slice);
    while (slice.taken.size() < rank) {
      maybe_new_axis();
      AddAxis(random, slice);
    }
    if (slice.begins.empty()) continue;  // The file has no constants without elements.
    ExpectSliced(random, slice);
  }
}

}  // namespace
}  // namespace earshot
