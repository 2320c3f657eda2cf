// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As prepare_test.cc, for operators that give elements other places, or repeat them.

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

OneOperator Tile() {
  return {BuiltinOperator::TILE, {Int8({2, 3}), Int32({2}, {2, 1})}, {Int8({4, 3})}, {}};
}

OneOperator BroadcastTo() {
  return {BuiltinOperator::BROADCAST_TO, {Int8({1, 3}), Int32({2}, {2, 3})}, {Int8({2, 3})}, {}};
}

OneOperator Reverse() {
  return {BuiltinOperator::REVERSE_V2, {Int8({2, 3}), Int32({1}, {1})}, {Int8({2, 3})}, {}};
}

OneOperator SpaceToDepth() {
  return {BuiltinOperator::SPACE_TO_DEPTH,
          {Int8({1, 4, 6, 3})},
          {Int8({1, 2, 3, 12})},
          test::SpaceToDepthOptions(2)};
}

OneOperator DepthToSpace() {
  return {BuiltinOperator::DEPTH_TO_SPACE,
          {Int8({1, 2, 3, 12})},
          {Int8({1, 4, 6, 3})},
          test::DepthToSpaceOptions(2)};
}

OneOperator SpaceToBatch() {
  return {BuiltinOperator::SPACE_TO_BATCH_ND,
          {Int8({1, 3, 4, 2}), Int32({2}, {2, 2}), Int32({2, 2}, {1, 0, 0, 2})},
          {Int8({4, 2, 3, 2})},
          {}};
}

OneOperator BatchToSpace() {
  return {BuiltinOperator::BATCH_TO_SPACE_ND,
          {Int8({4, 2, 3, 2}), Int32({2}, {2, 2}), Int32({2, 2}, {1, 0, 0, 2})},
          {Int8({1, 3, 4, 2})},
          {}};
}

OneOperator MirrorPad() {
  return {BuiltinOperator::MIRROR_PAD,
          {Int8({3, 2}), Int32({2, 2}, {2, 0, 0, 1})},
          {Int8({5, 3})},
          test::MirrorPadOptions(schema::MirrorPadMode::REFLECT)};
}

OneOperator Fill() {
  return {BuiltinOperator::FILL, {Int32({2}, {2, 3}), Int8({})}, {Int8({2, 3})}, {}};
}

OneOperator ZerosLike() {
  return {BuiltinOperator::ZEROS_LIKE, {Int8({2, 3})}, {Int8({2, 3})}, {}};
}

TEST(PrepareArrangementTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {Tile, BroadcastTo, Reverse, SpaceToDepth, DepthToSpace, SpaceToBatch,
                          BatchToSpace, MirrorPad, Fill, ZerosLike}) {
    const Status status = Prepare(make());
    EXPECT_TRUE(status.ok()) << test::Text(status);
  }
}

const Damage kDamages[] = {
    {"TileTimes", Tile,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {1, 2});
     },
     kInvalid, "output: extent"},
    {"TileTimesCount", Tile, [](OneOperator& op) { op.inputs[1] = Int32({1}, {2}); }, kInvalid,
     "times: number"},
    {"TileTimesBeyond", Tile,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {INT32_MAX, 1});
     },
     kInvalid, "output: extent"},
    {"TileRemainder", Tile,
     [](OneOperator& op) {
       op.inputs[1].data = {};
       op.outputs[0].shape = {3, 3};
     },
     kInvalid, "remainder"},
    {"TileRank", Tile, [](OneOperator& op) { op.outputs[0].shape = {12}; }, kInvalid, "rank"},
    {"TileRank9", Tile,
     [](OneOperator& op) {
       op.inputs[1].data = {};
       op.inputs[0].shape = op.outputs[0].shape = {1, 1, 1, 1, 1, 1, 1, 2, 3};
     },
     kUnsupported, "rank"},
    {"TileType", Tile, [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; },
     kUnsupported, "type"},
    {"BroadcastToShape", BroadcastTo,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {3, 3});
     },
     kInvalid, "output: extent"},
    {"BroadcastToRank", BroadcastTo,
     [](OneOperator& op) {
       op.inputs[0].shape = {1, 1, 3};
     },
     kInvalid, "rank"},
    {"BroadcastToExtent", BroadcastTo,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {2, 6});
       op.outputs[0].shape = {2, 6};
     },
     kInvalid, "output: extent"},
    {"ReverseAxis", Reverse, [](OneOperator& op) { op.inputs[1] = Int32({1}, {-3}); }, kInvalid,
     "axis"},
    {"ReverseComputed", Reverse, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "axes"},
    {"ReverseShape", Reverse,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 2};
     },
     kInvalid, "output: shape"},
    {"ReverseScale", Reverse, [](OneOperator& op) { op.outputs[0].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"SpaceToDepthNoOptions", SpaceToDepth, [](OneOperator& op) { op.options = {}; }, kInvalid,
     "options"},
    {"SpaceToDepthBlock0", SpaceToDepth,
     [](OneOperator& op) { op.options = test::SpaceToDepthOptions(0); }, kInvalid, "block"},
    {"SpaceToDepthBlockBeyond", SpaceToDepth,
     [](OneOperator& op) { op.options = test::SpaceToDepthOptions(INT32_MAX); }, kInvalid,
     "extent"},
    {"SpaceToDepthRank", SpaceToDepth,
     [](OneOperator& op) {
       op.inputs[0].shape = {4, 6, 3};
     },
     kInvalid, "rank"},
    {"SpaceToDepthImages", SpaceToDepth,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 2, 3, 12};
     },
     kInvalid, "images"},
    {"SpaceToDepthChannels", SpaceToDepth,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 2, 3, 11};
     },
     kInvalid, "channels"},
    {"DepthToSpaceNoOptions", DepthToSpace, [](OneOperator& op) { op.options = {}; }, kInvalid,
     "options"},
    {"DepthToSpaceExtent", DepthToSpace,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 6, 4, 3};
     },
     kInvalid, "extent"},
    {"SpaceToBatchBlock0", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2}, {0, 2});
     },
     kInvalid, "block"},
    {"SpaceToBatchBlockCount", SpaceToBatch,
     [](OneOperator& op) { op.inputs[1] = Int32({1}, {2}); }, kInvalid, "block: number"},
    {"SpaceToBatchBlockComputed", SpaceToBatch, [](OneOperator& op) { op.inputs[1].data = {}; },
     kUnsupported, "block"},
    {"SpaceToBatchPaddingNegative", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2, 2}, {-1, 2, 0, 2});
     },
     kInvalid, "padding"},
    {"SpaceToBatchPaddingBeyond", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2, 2}, {INT32_MAX, 0, 0, 2});
     },
     kUnsupported, "around it"},
    {"SpaceToBatchPaddings", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[2] = Int32({2, 2}, {1, 1, 0, 2});
     },
     kInvalid, "around it"},
    {"SpaceToBatchImages", SpaceToBatch,
     [](OneOperator& op) {
       op.outputs[0].shape = {5, 2, 3, 2};
     },
     kInvalid, "images"},
    {"SpaceToBatchImagesFew", SpaceToBatch,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 2, 3, 2};
     },
     kInvalid, "images"},
    {"SpaceToBatchRank2", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[0].shape = {3, 4};
     },
     kInvalid, "rank"},
    {"SpaceToBatchRank5", SpaceToBatch,
     [](OneOperator& op) {
       op.inputs[0].shape = {1, 1, 3, 4, 2};
     },
     kUnsupported, "rank"},
    {"BatchToSpaceExtent", BatchToSpace,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 4, 4, 2};
     },
     kInvalid, "around it"},
    {"BatchToSpaceChannels", BatchToSpace,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 3, 4, 1};
     },
     kInvalid, "channels"},
    {"BatchToSpaceType", BatchToSpace,
     [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; }, kUnsupported, "type"},
    {"MirrorNoOptions", MirrorPad, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"MirrorMode", MirrorPad,
     [](OneOperator& op) {
       op.options = test::MirrorPadOptions(static_cast<schema::MirrorPadMode>(2));
     },
     kUnsupported, "mode"},
    {"MirrorBeyond", MirrorPad,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2, 2}, {3, 0, 0, 1});
       op.outputs[0].shape = {6, 3};
     },
     kInvalid, "padding"},
    {"MirrorNegative", MirrorPad,
     [](OneOperator& op) {
       op.inputs[1] = Int32({2, 2}, {2, 0, 0, -1});
     },
     kInvalid, "padding"},
    {"MirrorExtent", MirrorPad,
     [](OneOperator& op) {
       op.outputs[0].shape = {5, 4};
     },
     kInvalid, "output: extent"},
    {"MirrorComputed", MirrorPad, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "paddings"},
    {"FillShape", Fill,
     [](OneOperator& op) {
       op.inputs[0] = Int32({2}, {3, 2});
     },
     kInvalid, "output: extent"},
    {"FillRank", Fill, [](OneOperator& op) { op.inputs[0] = Int32({1}, {6}); }, kInvalid, "rank"},
    {"FillValue", Fill, [](OneOperator& op) { op.inputs[1].shape = {2}; }, kInvalid,
     "value: number"},
    {"FillType", Fill,
     [](OneOperator& op) {
       op.inputs[1] = {{}, TensorType::FLOAT32};
     },
     kUnsupported, "type"},
    {"ZerosLikeShape", ZerosLike,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 2};
     },
     kInvalid, "output: shape"},
    {"ZerosLikeType", ZerosLike, [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; },
     kUnsupported, "type"},
};

class DamagedArrangementTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedArrangementTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedArrangementTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
