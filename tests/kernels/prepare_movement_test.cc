// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As prepare_test.cc, for the operators that only move elements.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;
using test::Absent;
using test::Damage;
using test::Int32;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::OneOperator;
using test::Prepare;

OneOperator Concatenation() {
  return {BuiltinOperator::CONCATENATION,
          {Int8({2, 3, 1}), Int8({2, 1, 1})},
          {Int8({2, 4, 1})},
          test::ConcatenationOptions(1)};
}

OneOperator SplitV() {
  return {BuiltinOperator::SPLIT_V,
          {Int8({2, 4}), Int32({2}, {3, 1}), Int32({}, {1})},
          {Int8({2, 3}), Int8({2, 1})},
          {}};
}

OneOperator StridedSlice() {
  return {BuiltinOperator::STRIDED_SLICE,
          {Int8({2, 4}), Int32({2}, {0, 1}), Int32({2}, {2, 4}), Int32({2}, {1, 2})},
          {Int8({2, 2})},
          test::StridedSliceOptions()};
}

OneOperator Transpose() {
  return {BuiltinOperator::TRANSPOSE, {Int8({2, 3}), Int32({2}, {1, 0})}, {Int8({3, 2})}, {}};
}

OneOperator Pack() {
  return {BuiltinOperator::PACK,
          {Int8({2, 3}), Int8({2, 3})},
          {Int8({2, 2, 3})},
          test::PackOptions(2, 1)};
}

OneOperator Unpack() {
  return {BuiltinOperator::UNPACK,
          {Int8({2, 2, 3})},
          {Int8({2, 3}), Int8({2, 3})},
          test::UnpackOptions(2, 1)};
}

OneOperator Split() {
  return {BuiltinOperator::SPLIT, {Int32({}, {1}), Int8({2, 4})}, {Int8({2, 2}), Int8({2, 2})}, {}};
}

OneOperator ShapeOf() {
  return {BuiltinOperator::SHAPE, {Int8({2, 3})}, {{{2}, TensorType::INT32}}, {}};
}

TEST(PrepareMovementTest, AcceptsTheUndamagedOperators) {
  for (const auto make :
       {Concatenation, SplitV, StridedSlice, Transpose, Pack, Unpack, Split, ShapeOf}) {
    const Status status = Prepare(make());
    EXPECT_TRUE(status.ok()) << test::Text(status);
  }
}

const Damage kDamages[] = {
    {"TransposeOrderShort", Transpose, [](OneOperator& op) { op.inputs[1] = Int32({1}, {1}); },
     kInvalid, "order: number"},
    {"TransposeAxis", Transpose,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {2, 0});
     },
     kInvalid, "axis"},
    {"TransposeAxisNegative", Transpose,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {INT32_MIN, 0});
     },
     kInvalid, "axis"},
    {"TransposeAxisTwice", Transpose,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {0, 0});
     },
     kInvalid, "order: times"},
    {"TransposeExtent", Transpose,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 3};
     },
     kInvalid, "extent"},
    {"TransposeRank", Transpose, [](OneOperator& op) { op.outputs[0].shape = {6}; }, kInvalid,
     "rank"},
    {"TransposeRank9", Transpose,
     [](OneOperator& op) { op.inputs[0].shape = {1, 1, 1, 1, 1, 1, 1, 2, 3}; }, kUnsupported,
     "rank"},
    {"TransposeType", Transpose, [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; },
     kUnsupported, "type"},
    {"TransposeScale", Transpose, [](OneOperator& op) { op.outputs[0].scales = {0.25f}; },
     kUnsupported, "scale"},
    {"TransposeComputed", Transpose, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "order"},
    {"PackNoOptions", Pack, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"PackAxis", Pack, [](OneOperator& op) { op.options = test::PackOptions(2, 3); }, kInvalid,
     "axis"},
    {"PackAxisNegative", Pack,
     [](OneOperator& op) { op.options = test::PackOptions(2, INT32_MIN); }, kInvalid, "axis"},
    {"PackOtherAxis", Pack, [](OneOperator& op) { op.options = test::PackOptions(2, 2); }, kInvalid,
     "another axis"},
    {"PackExtent", Pack,
     [](OneOperator& op) {
       op.inputs[1].shape = {2, 4};
     },
     kInvalid, "another axis"},
    {"PackRank", Pack, [](OneOperator& op) { op.inputs[1].shape = {6}; }, kInvalid, "rank"},
    {"PackType", Pack, [](OneOperator& op) { op.inputs[1].type = TensorType::UINT8; }, kUnsupported,
     "type"},
    {"PackAbsent", Pack, [](OneOperator& op) { op.inputs[1] = Absent(); }, kInvalid, "absent"},
    {"UnpackNoOptions", Unpack, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"UnpackAxis", Unpack, [](OneOperator& op) { op.options = test::UnpackOptions(2, -4); },
     kInvalid, "axis"},
    {"UnpackCount", Unpack, [](OneOperator& op) { op.outputs.pop_back(); }, kInvalid, "slices"},
    {"UnpackExtent", Unpack,
     [](OneOperator& op) {
       op.outputs[1].shape = {3, 3};
     },
     kInvalid, "another axis"},
    {"SplitAxis", Split, [](OneOperator& op) { op.inputs[0] = Int32({}, {2}); }, kInvalid, "axis"},
    {"SplitAxisComputed", Split, [](OneOperator& op) { op.inputs[0].data = {}; }, kUnsupported,
     "axis"},
    {"SplitUnequal", Split,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 3};
       op.outputs[1].shape = {2, 1};
     },
     kInvalid, "output: extent"},
    {"SplitCount", Split, [](OneOperator& op) { op.outputs.pop_back(); }, kInvalid, "slices"},
    {"SplitScale", Split, [](OneOperator& op) { op.outputs[1].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"ShapeType", ShapeOf, [](OneOperator& op) { op.outputs[0].type = TensorType::INT8; },
     kUnsupported, "type"},
    {"ShapeCount", ShapeOf, [](OneOperator& op) { op.outputs[0].shape = {3}; }, kInvalid,
     "number of elements"},
    {"ConcatenationNoOptions", Concatenation, [](OneOperator& op) { op.options = {}; }, kInvalid,
     "options"},
    {"ConcatenationAxis", Concatenation,
     [](OneOperator& op) { op.options = test::ConcatenationOptions(3); }, kInvalid, "axis"},
    {"ConcatenationAxisNegative", Concatenation,
     [](OneOperator& op) { op.options = test::ConcatenationOptions(INT32_MIN); }, kInvalid, "axis"},
    {"ConcatenationActivation", Concatenation,
     [](OneOperator& op) {
       op.options = test::ConcatenationOptions(1, ActivationFunctionType::RELU);
     },
     kUnsupported, "activation"},
    {"ConcatenationAbsent", Concatenation, [](OneOperator& op) { op.inputs[1] = Absent(); },
     kInvalid, "absent"},
    {"ConcatenationType", Concatenation,
     [](OneOperator& op) { op.inputs[1].type = TensorType::UINT8; }, kUnsupported, "type"},
    {"ConcatenationRank", Concatenation,
     [](OneOperator& op) {
       op.inputs[1].shape = {2, 1};
     },
     kInvalid, "rank"},
    {"ConcatenationOtherAxis", Concatenation,
     [](OneOperator& op) {
       op.inputs[1].shape = {1, 1, 1};
     },
     kInvalid, "another axis"},
    {"ConcatenationExtent", Concatenation,
     [](OneOperator& op) {
       op.inputs[1].shape = {2, 2, 1};
     },
     kInvalid, "axis: found 5, wanted 4"},
    {"ConcatenationScale", Concatenation, [](OneOperator& op) { op.inputs[1].scales = {0.50001f}; },
     kUnsupported, "differ: found 0.50001, wanted 0.5"},
    {"ConcatenationZeroPoint", Concatenation,
     [](OneOperator& op) { op.inputs[1].zero_points = {-1}; }, kUnsupported, "zero points"},
    {"ConcatenationUnscaled", Concatenation, [](OneOperator& op) { op.inputs[0].scales = {}; },
     kInvalid, "scales"},
    {"SplitVSizes", SplitV,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {1, 3});
     },
     kInvalid, "output: extent"},
    {"SplitVCount", SplitV,
     [](OneOperator& op) {
       op.inputs[1] = Int32({3}, {3, 1, 0});
     },
     kInvalid, "sizes"},
    {"SplitVAxis", SplitV, [](OneOperator& op) { op.inputs[2] = Int32({}, {2}); }, kInvalid,
     "axis"},
    {"SplitVAxisComputed", SplitV, [](OneOperator& op) { op.inputs[2].data = {}; }, kUnsupported,
     "axis"},
    {"SplitVOutputs", SplitV,
     [](OneOperator& op) {
       op.outputs[1].shape = {2, 2};
     },
     kInvalid, "slices"},
    {"SliceNoOptions", StridedSlice, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"SliceStride0", StridedSlice,
     [](OneOperator& op) {
       op.inputs[3] = Int32({2}, {1, 0});
     },
     kInvalid, "stride"},
    {"SliceStrideNegative", StridedSlice,
     [](OneOperator& op) {
       op.inputs[3] = Int32({2}, {1, INT32_MIN});
     },
     kInvalid, "output: extent"},
    {"SliceEntriesBeyondAxes", StridedSlice,
     [](OneOperator& op) {
       for (const size_t i : {1u, 2u, 3u}) op.inputs[i] = Int32({3}, {1, 1, 1});
     },
     kInvalid, "rank (wanted: at least)"},
    {"SliceEntriesBeyondMask", StridedSlice,
     [](OneOperator& op) {
       const std::vector<int32_t> entries(32, 1);
       for (const size_t i : {1u, 2u, 3u}) op.inputs[i] = Int32({32}, entries);
     },
     kUnsupported, "begin, end, strides"},
    {"SlicePlain", StridedSlice,
     [](OneOperator& op) { op.inputs[0].type = op.outputs[0].type = TensorType::INT4; },
     kUnsupported, "plain"},
    {"SliceLength", StridedSlice, [](OneOperator& op) { op.inputs[1] = Int32({1}, {0}); }, kInvalid,
     "begin, end, strides"},
    {"SliceComputed", StridedSlice, [](OneOperator& op) { op.inputs[2].data = {}; }, kUnsupported,
     "begin, end, strides"},
    {"SliceNothing", StridedSlice,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2}, {2, 1});
     },
     kInvalid, "output: extent"},
    {"SliceOutput", StridedSlice,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 3};
     },
     kInvalid, "output: extent"},
    {"SliceRankLess", StridedSlice, [](OneOperator& op) { op.outputs[0].shape = {2}; }, kInvalid,
     "rank"},
    {"SliceRankMore", StridedSlice,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 2, 2};
     },
     kInvalid, "rank"},
    {"SliceRank9", StridedSlice,
     [](OneOperator& op) { op.inputs[0].shape = {1, 1, 1, 1, 1, 1, 1, 2, 4}; }, kUnsupported,
     "rank"},
    {"SliceShrinks", StridedSlice,
     [](OneOperator& op) {
       op.options = test::StridedSliceOptions({0, 0, 0, 0, 1});
     },
     kInvalid, "output: rank"},
    {"SliceShrinksToNothing", StridedSlice,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {2, 1});
       op.options = test::StridedSliceOptions({0, 0, 0, 0, 1});
       op.outputs[0].shape = {2};
     },
     kInvalid, "shrunk axis"},
    {"SliceNewAxis", StridedSlice,
     [](OneOperator& op) {
       op.options = test::StridedSliceOptions({0, 0, 0, 1});
     },
     kInvalid, "output: extent"},
    {"SliceOffset", StridedSlice,
     [](OneOperator& op) {
       op.options = test::StridedSliceOptions({0, 0, 0, 0, 0, true});
     },
     kUnsupported, "offset"},
    {"SliceZeroPoint", StridedSlice, [](OneOperator& op) { op.outputs[0].zero_points = {1}; },
     kUnsupported, "zero points"},
};

class DamagedMovementTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedMovementTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedMovementTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
