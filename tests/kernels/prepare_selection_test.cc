// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As prepare_test.cc, for operators that choose elements or put something around them.

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

OneOperator Gather() {
  return {BuiltinOperator::GATHER,
          {Int8({2, 3, 4}), Int32({2, 5}, std::vector<int32_t>(10, 0))},
          {Int8({2, 5, 4})},
          test::GatherOptions(1, 1)};
}

OneOperator EmbeddingLookup() {
  return {BuiltinOperator::EMBEDDING_LOOKUP,
          {Int32({2}, {0, 1}), Int8({3, 4})},
          {{{2, 4}, TensorType::FLOAT32}},
          {}};
}

OneOperator Resize() {
  return {BuiltinOperator::RESIZE_NEAREST_NEIGHBOR,
          {Int8({1, 2, 3, 4}), Int32({2}, {4, 5})},
          {Int8({1, 4, 5, 4})},
          test::ResizeNearestNeighborOptions(false, false)};
}

OneOperator PadV2() {
  return {BuiltinOperator::PADV2,
          {Int8({2, 3}), Int32({2, 2}, {1, 0, 0, 2}), Int8({})},
          {Int8({3, 5})},
          {}};
}

OneOperator Cast() {
  return {BuiltinOperator::CAST, {Int8({2, 3})}, {{{2, 3}, TensorType::FLOAT32}}, {}};
}

TEST(PrepareSelectionTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {Gather, EmbeddingLookup, Resize, PadV2, Cast}) {
    const Status status = Prepare(make());
    EXPECT_TRUE(status.ok()) << test::Text(status);
  }
}

const Damage kDamages[] = {
    {"GatherNoOptions", Gather, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"GatherAxis", Gather, [](OneOperator& op) { op.options = test::GatherOptions(3, 1); },
     kInvalid, "axis"},
    {"GatherBatchDims", Gather, [](OneOperator& op) { op.options = test::GatherOptions(1, 2); },
     kInvalid, "batch_dims (wanted: at most)"},
    {"GatherBatchDimsNegative", Gather,
     [](OneOperator& op) { op.options = test::GatherOptions(1, INT32_MIN); }, kInvalid,
     "batch_dims (wanted: at least)"},
    {"GatherBatches", Gather,
     [](OneOperator& op) {
       op.inputs[1].shape = {5, 2};
     },
     kInvalid, "places: extent"},
    {"GatherPlaces", Gather,
     [](OneOperator& op) {
       op.inputs[1] = {{2, 5}, TensorType::FLOAT32};
     },
     kUnsupported, "places: type"},
    {"GatherRank", Gather,
     [](OneOperator& op) {
       op.outputs[0].shape = {10, 4};
     },
     kInvalid, "rank"},
    {"GatherExtent", Gather,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 4, 5};
     },
     kInvalid, "output: extent"},
    {"GatherType", Gather, [](OneOperator& op) { op.outputs[0].type = TensorType::UINT8; },
     kUnsupported, "type"},
    {"GatherScale", Gather, [](OneOperator& op) { op.outputs[0].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"LookupRows", EmbeddingLookup,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 4};
     },
     kInvalid, "output: extent"},
    {"LookupZeroPoint", EmbeddingLookup, [](OneOperator& op) { op.inputs[1].zero_points = {1}; },
     kUnsupported, "zero point"},
    {"LookupUnscaled", EmbeddingLookup, [](OneOperator& op) { op.inputs[1].scales = {}; }, kInvalid,
     "scales"},
    {"LookupPlaces", EmbeddingLookup,
     [](OneOperator& op) { op.inputs[0].type = TensorType::UINT32; }, kUnsupported, "places: type"},
    {"LookupScalar", EmbeddingLookup, [](OneOperator& op) { op.inputs[1].shape = {}; }, kInvalid,
     "axis"},
    {"ResizeNoOptions", Resize, [](OneOperator& op) { op.options = {}; }, kInvalid, "options"},
    {"ResizeRank", Resize,
     [](OneOperator& op) {
       op.inputs[0].shape = {2, 3, 4};
     },
     kInvalid, "rank"},
    {"ResizeImages", Resize,
     [](OneOperator& op) {
       op.outputs[0].shape = {2, 4, 5, 4};
     },
     kInvalid, "images"},
    {"ResizeChannels", Resize,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 4, 5, 3};
     },
     kInvalid, "channels"},
    {"ResizeExtent", Resize,
     [](OneOperator& op) {
       op.outputs[0].shape = {1, 5, 4, 4};
     },
     kInvalid, "output: extent"},
    {"ResizeSize", Resize, [](OneOperator& op) { op.inputs[1] = Int32({1}, {4}); }, kInvalid,
     "size"},
    {"ResizeComputed", Resize, [](OneOperator& op) { op.inputs[1].data = {}; }, kUnsupported,
     "size"},
    {"ResizeLarge", Resize,
     [](OneOperator& op) {
       op.inputs[0].shape = {1, 1 << 21, 3, 4};
     },
     kUnsupported, "extent (wanted: at most)"},
    {"PadV2Number", PadV2, [](OneOperator& op) { op.inputs[2].shape = {2}; }, kInvalid,
     "padding: number"},
    {"PadV2Type", PadV2,
     [](OneOperator& op) {
       op.inputs[2] = {{}, TensorType::FLOAT32};
     },
     kUnsupported, "type"},
    {"PadV2Scale", PadV2, [](OneOperator& op) { op.inputs[2].scales = {0.25f}; }, kUnsupported,
     "scale"},
    {"PadV2Extent", PadV2,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 4};
     },
     kInvalid, "output: extent"},
    {"CastShape", Cast,
     [](OneOperator& op) {
       op.outputs[0].shape = {3, 2};
     },
     kInvalid, "shape"},
    {"CastType", Cast, [](OneOperator& op) { op.outputs[0].type = TensorType::FLOAT16; },
     kUnsupported, "type"},
};

class DamagedSelectionTest : public testing::TestWithParam<test::Damage> {};

TEST_P(DamagedSelectionTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedSelectionTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
