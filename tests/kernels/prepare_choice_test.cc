// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As prepare_test.cc, for operators that choose by places or conditions, and that compare.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using test::Damage;
using test::Int32;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using test::OneOperator;
using test::Prepare;
using test::TensorSpec;

TensorSpec Bool(std::vector<int32_t> shape) { return {std::move(shape), TensorType::BOOL}; }

OneOperator Slice() {
  return {BuiltinOperator::SLICE,
          {Int8({4, 5}), Int32({2}, {1, 2}), Int32({2}, {2, -1})},
          {Int8({2, 3})},
          {}};
}

OneOperator Update() {
  return {BuiltinOperator::DYNAMIC_UPDATE_SLICE,
          {Int8({4, 5}), Int8({2, 3}), Int32({2}, {9, -9})},
          {Int8({4, 5})},
          {}};
}

OneOperator GatherNd() {
  return {BuiltinOperator::GATHER_ND,
          {Int8({3, 4, 5}), Int32({2, 2}, {0, 0, 9, 9})},
          {Int8({2, 5})},
          {}};
}

OneOperator Select() {
  return {BuiltinOperator::SELECT_V2, {Bool({2, 1}), Int8({2, 3}), Int8({})}, {Int8({2, 3})}, {}};
}

OneOperator Bilinear() {
  return {BuiltinOperator::RESIZE_BILINEAR,
          {Int8({1, 2, 3, 4}), Int32({2}, {4, 5})},
          {Int8({1, 4, 5, 4})},
          test::ResizeBilinearOptions(false, true)};
}

OneOperator ArgMax() {
  return {BuiltinOperator::ARG_MAX,
          {Int8({2, 3, 4}), Int32({}, {1})},
          {{{2, 4}, TensorType::INT32}},
          {}};
}

OneOperator Less() {
  return {BuiltinOperator::LESS, {Int8({2, 3}), Int8({3})}, {Bool({2, 3})}, {}};
}

OneOperator And() {
  return {BuiltinOperator::LOGICAL_AND, {Bool({2, 3}), Bool({3})}, {Bool({2, 3})}, {}};
}

OneOperator Not() { return {BuiltinOperator::LOGICAL_NOT, {Bool({2})}, {Bool({2})}, {}}; }

OneOperator All() {
  return {BuiltinOperator::REDUCE_ALL,
          {Bool({2, 3}), Int32({1}, {1})},
          {Bool({2})},
          test::ReducerOptions(false)};
}

OneOperator BroadcastArgs() {
  return {BuiltinOperator::BROADCAST_ARGS,
          {Int32({2}, {1, 5}), Int32({1}, {5})},
          {{{2}, TensorType::INT32}},
          {}};
}

TEST(PrepareChoiceTest, AcceptsTheUndamagedOperators) {
  for (const auto make :
       {Slice, Update, GatherNd, Select, Bilinear, ArgMax, Less, And, Not, All, BroadcastArgs}) {
    const Status status = Prepare(make());
    EXPECT_TRUE(status.ok()) << test::Text(status);
  }
}

const Damage kDamages[] = {
    {"SliceBegin", Slice,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {3, 2});
     },
     kInvalid, "begin"},
    {"SliceBeginNegative", Slice,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {-1, 2});
     },
     kInvalid, "begin"},
    {"SliceBeginCount", Slice, [](OneOperator& op) { op.inputs[1] = Int32({1}, {1}); }, kInvalid,
     "begin: number"},
    {"SliceBeginType", Slice,
     [](OneOperator& op) {
       op.inputs[1] = {{2}, TensorType::FLOAT32};
     },
     kUnsupported, "begin: type"},
    {"SliceSize", Slice,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2}, {2, 2});
     },
     kInvalid, "output: extent"},
    {"SliceSizeRest", Slice,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2}, {-1, 3});
     },
     kInvalid, "output: extent"},
    {"SliceWindow", Slice,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 6};
     },
     kInvalid, "window: extent"},
    {"SliceRank", Slice, [](OneOperator& op) { op.outputs[0].shape = {6}; }, kInvalid, "rank"},
    {"SliceType", Slice, [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; },
     kUnsupported, "type"},
    {"UpdateWindow", Update,
     [](OneOperator& op) {
       op.inputs[1].shape = {5, 3};
     },
     kInvalid, "window: extent"},
    {"UpdateRank", Update, [](OneOperator& op) { op.inputs[1].shape = {3}; }, kInvalid, "rank"},
    {"UpdateShape", Update,
     [](OneOperator& op) {
       op.outputs[0].shape = {5, 4};
     },
     kInvalid, "output: shape"},
    {"UpdateScale", Update, [](OneOperator& op) { op.inputs[1].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"UpdatePlaces", Update,
     [](OneOperator& op) {
       op.inputs[2] = Int32({3}, {0, 0, 0});
     },
     kInvalid, "begin: number"},
    {"GatherNdNumbers", GatherNd,
     [](OneOperator& op) {
       op.inputs[1] = Int32({1, 4}, {0, 0, 0, 0});
     },
     kInvalid, "input: rank"},
    {"GatherNdScalar", GatherNd, [](OneOperator& op) { op.inputs[1] = Int32({}, {0}); }, kInvalid,
     "places: rank"},
    {"GatherNdType", GatherNd,
     [](OneOperator& op) {
       op.inputs[1] = {{2, 2}, TensorType::INT64};
     },
     kUnsupported, "places: type"},
    {"GatherNdRank", GatherNd, [](OneOperator& op) { op.outputs[0].shape = {10}; }, kInvalid,
     "output: rank"},
    {"GatherNdPlaces", GatherNd,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 5};
     },
     kInvalid, "output: extent"},
    {"GatherNdRest", GatherNd,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 4};
     },
     kInvalid, "output: extent"},
    {"SelectCondition", Select, [](OneOperator& op) { op.inputs[0].type = TensorType::INT8; },
     kUnsupported, "condition"},
    {"SelectType", Select,
     [](OneOperator& op) {
       op.inputs[2] = {{}, TensorType::FLOAT32};
     },
     kUnsupported, "type"},
    {"SelectScale", Select, [](OneOperator& op) { op.inputs[1].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"SelectExtent", Select,
     [](OneOperator& op) {
       op.inputs[1].shape = {2, 2};
     },
     kInvalid, "input: extent"},
    {"SelectOutput", Select,
     [](OneOperator& op) {
       op.inputs[1].shape = {2, 1};
     },
     kInvalid, "output: extent"},
    {"SelectRank", Select,
     [](OneOperator& op) {
       op.inputs[0].shape = {1, 2, 1};
     },
     kInvalid, "output: rank"},
    {"SelectRank6", Select, [](OneOperator& op) { op.outputs[0].shape = {1, 1, 1, 1, 2, 3}; },
     kUnsupported, "output: rank"},
    {"BilinearNoOptions", Bilinear, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"BilinearBoth", Bilinear,
     [](OneOperator& op) { op.options = test::ResizeBilinearOptions(true, true); }, kInvalid,
     "at once"},
    {"BilinearSize", Bilinear,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {5, 4});
     },
     kInvalid, "output: extent"},
    {"BilinearScale", Bilinear, [](OneOperator& op) { op.outputs[0].scales = {0.25f}; },
     kUnsupported, "scale"},
    {"ArgMaxAxis", ArgMax, [](OneOperator& op) { op.inputs[1] = Int32({}, {3}); }, kInvalid,
     "axis"},
    {"ArgMaxAxes", ArgMax,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {0, 1});
     },
     kInvalid, "axis: number"},
    {"ArgMaxComputed", ArgMax, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "axis"},
    {"ArgMaxType", ArgMax, [](OneOperator& op) { op.outputs[0].type = TensorType::INT64; },
     kUnsupported, "output: type"},
    {"ArgMaxExtent", ArgMax,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 3};
     },
     kInvalid, "output: extent"},
    {"ArgMaxRank", ArgMax,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 1, 4};
     },
     kInvalid, "output: rank"},
    {"LessType", Less, [](OneOperator& op) { op.inputs[1].type = TensorType::UINT8; }, kUnsupported,
     "input 1: type"},
    {"LessOutput", Less, [](OneOperator& op) { op.outputs[0].type = TensorType::INT8; },
     kUnsupported, "output: type"},
    {"LessShapes", Less, [](OneOperator& op) { op.inputs[1].shape = {2}; }, kInvalid, "extents"},
    {"LessUnscaled", Less, [](OneOperator& op) { op.inputs[1].scales = {}; }, kInvalid, "scales"},
    {"LessScale", Less, [](OneOperator& op) { op.inputs[0].scales = {1.0f}; }, kUnsupported,
     "scale (wanted: less than)"},
    {"AndType", And, [](OneOperator& op) { op.inputs[1].type = TensorType::INT8; }, kUnsupported,
     "input 1: type"},
    {"AndShapes", And, [](OneOperator& op) { op.inputs[1].shape = {2}; }, kInvalid, "extents"},
    {"NotShape", Not, [](OneOperator& op) { op.outputs[0].shape = {3}; }, kInvalid, "shape"},
    {"NotType", Not, [](OneOperator& op) { op.outputs[0].type = TensorType::INT8; }, kUnsupported,
     "output: type"},
    {"AllAxis", All, [](OneOperator& op) { op.inputs[1] = Int32({1}, {2}); }, kInvalid, "axis"},
    {"AllType", All, [](OneOperator& op) { op.outputs[0].type = TensorType::INT8; }, kUnsupported,
     "output: type"},
    {"ArgsType", BroadcastArgs, [](OneOperator& op) { op.outputs[0].type = TensorType::INT64; },
     kUnsupported, "type"},
    {"ArgsRank", BroadcastArgs,
     [](OneOperator& op) {
       op.inputs[1] = Int32({1, 1}, {5});
     },
     kInvalid, "rank"},
    {"ArgsCount", BroadcastArgs, [](OneOperator& op) { op.outputs[0].shape = {1}; }, kInvalid,
     "output: number"},
};

class DamagedChoiceTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedChoiceTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedChoiceTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
