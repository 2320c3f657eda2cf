// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLM_DECODE, against what was encoded.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/decode_model.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Encoded;
using test::Random;
using test::RunResult;
using test::TensorSpec;

constexpr TensorType kTypes[] = {TensorType::BOOL,  TensorType::INT8,  TensorType::INT16,
                                 TensorType::INT32, TensorType::INT64, TensorType::FLOAT32};

void ExpectDecoded(const std::vector<Encoded>& tensors) {
  const std::vector<uint8_t> passed = {1, 2, 3, 4};
  const RunResult run = test::RunModel(test::DecodeModel(tensors), {passed});
  ASSERT_RAN(run);
  for (size_t i = 0; i < tensors.size(); ++i) EXPECT_EQ(run.outputs[i], tensors[i].wanted) << i;
  EXPECT_EQ(run.outputs.back(), passed);
}

// Any quantization of int8, none for the other types.
TensorSpec AnyOutput(Random& random, TensorType type, bool has_zero_points) {
  std::vector<int32_t> shape;
  for (int32_t axes = random.Between(1, 4); axes > 0; --axes) shape.push_back(random.Between(1, 6));
  if (type != TensorType::INT8) return {std::move(shape), type};
  const int32_t last = static_cast<int32_t>(shape.size()) - 1;
  const bool by_channel = random.Between(0, 2) > 0;
  return test::DecodedInt8(random, std::move(shape), by_channel, random.Between(0, 1) * last,
                           has_zero_points);
}

TEST(DecodeTest, LooksUp) {
  Random random(1);
  for (const TensorType type : kTypes) {
    for (uint32_t width = 1; width <= 7; ++width) {
      for (int i = 0; i < (type == TensorType::INT8 ? 12 : 2); ++i) {
        SCOPED_TRACE(std::to_string(static_cast<int>(type)) + " " + std::to_string(width));
        ExpectDecoded({test::MakeLookUp(random, AnyOutput(random, type, true), width)});
      }
    }
  }
}

TEST(DecodeTest, PutsPrunedElementsBack) {
  Random random(2);
  for (const TensorType type : kTypes) {
    for (int i = 0; i < (type == TensorType::INT8 ? 24 : 4); ++i) {
      Encoded pruned = test::MakePruned(random, AnyOutput(random, type, true));
      pruned.table.push_back(0);  // One is enough for a tensor of which nothing is left.
      ExpectDecoded({pruned});
    }
  }
}

TEST(DecodeTest, FollowsHuffmanCodes) {
  Random random(3);
  for (const TensorType type : {TensorType::INT8, TensorType::INT16}) {
    for (uint32_t width = 1; width <= 9; ++width) {
      for (const bool wide : {false, true}) {
        if (type == TensorType::INT16 && !wide) continue;
        SCOPED_TRACE(width);
        ExpectDecoded({test::MakeHuffman(random, AnyOutput(random, type, true), wide, width)});
      }
    }
  }
}

TEST(DecodeTest, OneOperatorDecodesSeveralTensors) {
  Random random(4);
  ExpectDecoded({test::MakeLookUp(random, {{3, 5}, TensorType::FLOAT32}, 4),
                 test::MakeHuffman(random, {{40}, TensorType::INT8, {0.5f}, {0}}, false, 3),
                 test::MakePruned(random, {{2, 7}, TensorType::INT8, {0.5f}, {-3}}),
                 test::MakeLookUp(random, {{17}, TensorType::INT32}, 2)});
}

// What it is for: weights and bias of a layer.
TEST(DecodeTest, ALayerIsTheSameWithItsWeightsDecoded) {
  Random random(5);
  std::vector<std::vector<uint8_t>> outputs;
  const Encoded weights =
      test::MakeLookUp(random, test::DecodedInt8(random, {6, 20}, true, 0, false), 4);
  Encoded bias = test::MakeLookUp(random, {{6}, TensorType::INT32}, 3);
  const std::vector<uint8_t> input = BytesOf(random.Int8(20));
  for (const bool decoded : {false, true}) {
    test::ModelBuilder model;
    std::vector<int32_t> inputs = {model.AddTensor({{1, 20}, TensorType::INT8, {0.02f}, {3}})};
    for (const Encoded* each : std::vector<const Encoded*>{&weights, &bias}) {
      TensorSpec tensor = each->output;
      if (!decoded) tensor.data = each->wanted;
      inputs.push_back(model.AddTensor(tensor));
      if (!decoded) continue;
      const int32_t codes = model.AddTensor(each->Codes()), table = model.AddTensor(each->Table());
      model.AddCustomOperator("TFLM_DECODE", {codes, table}, {inputs.back()});
    }
    const int32_t output = model.AddTensor({{1, 6}, TensorType::INT8, {90000.0f}, {-5}});
    model.AddOperator(BuiltinOperator::FULLY_CONNECTED, inputs, {output},
                      test::FullyConnectedOptions());
    model.SetInputs({inputs[0]});
    model.SetOutputs({output});
    const RunResult run = test::RunModel(model, {input});
    ASSERT_RAN(run);
    outputs.push_back(run.outputs[0]);
  }
  EXPECT_EQ(outputs[0], outputs[1]);
  EXPECT_NE(outputs[0], std::vector<uint8_t>(6, outputs[0][0]));
}

struct Damage {
  const char* text;
  StatusCode code;
  void (*damage)(Encoded& tensor);
};

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

void ExpectRefused(const Encoded& valid, const std::vector<Damage>& damages) {
  ExpectDecoded({valid});
  for (const Damage& damage : damages) {
    Encoded tensor = valid;
    damage.damage(tensor);
    const Status status = test::RunModel(test::DecodeModel({tensor}), {}).status;
    EXPECT_EQ(status.code, damage.code) << damage.text << ": " << test::Text(status);
    EXPECT_THAT(test::Text(status), testing::HasSubstr(damage.text));
  }
}

TEST(DecodeTest, RefusesLookUpThatLeadsOutside) {
  Random random(6);
  Encoded valid = test::MakeLookUp(random, test::DecodedInt8(random, {2, 3, 4}, true, 0, false), 5);
  valid.codes.replace(0, 5, "00000");
  valid.codes.replace(valid.codes.size() - 5, 5, "00000");
  valid.header[6] = 9;
  valid.table.resize(9 + 32);
  valid.wanted.clear();
  for (size_t i = 0; i < 24; ++i) {
    const size_t code = std::stoul(valid.codes.substr(5 * i, 5), nullptr, 2);
    test::AppendElement(valid.table, 9 * (i / 12) + code, 1, &valid.wanted);
  }
  ExpectRefused(
      valid,
      {{"leads outside", kInvalid, [](Encoded& tensor) { tensor.codes.resize(112); }},
       {"leads outside", kInvalid,
        [](Encoded& tensor) {
          tensor.codes.replace(tensor.codes.size() - 5, 5, "11111");
          tensor.table.pop_back();
        }},
       {"bits of a code", kInvalid, [](Encoded& tensor) { tensor.header[5] = 8; }},
       {"table: bytes", kInvalid,
        [](Encoded& tensor) {
          tensor.header.resize(15);
          tensor.table.clear();
        }},
       {"version: found 2, wanted 1", kUnsupported, [](Encoded& tensor) { tensor.header[1] = 2; }},
       {"version: found 0, wanted 1", kInvalid, [](Encoded& tensor) { tensor.header[1] = 0; }},
       {"version of this kind", kUnsupported, [](Encoded& tensor) { tensor.header[4] = 2; }},
       {"version of this kind", kInvalid, [](Encoded& tensor) { tensor.header[4] = 0; }},
       {"kind of code", kUnsupported, [](Encoded& tensor) { tensor.header[0] = 127; }},
       {"output: type", kUnsupported,
        [](Encoded& tensor) { tensor.output.type = TensorType::UINT8; }},
       {"axis of scales", kUnsupported, [](Encoded& tensor) {
          tensor.output.shape = {3, 2, 4};
          tensor.output.quantized_dimension = 1;
        }}});
}

TEST(DecodeTest, RefusesHuffmanCodesThatLeadOutside) {
  Random random(7);
  const Encoded valid = test::MakeHuffman(random, {{100}, TensorType::INT8, {0.5f}, {0}}, false, 2);
  ExpectRefused(valid,
                {{"leads outside", kInvalid,
                  [](Encoded& tensor) { tensor.codes.resize(tensor.codes.size() - 64); }},
                 {"leads outside", kInvalid, [](Encoded& tensor) { tensor.table.resize(6); }},
                 {"leads outside", kInvalid, [](Encoded& tensor) { tensor.table.clear(); }},
                 // An endless way through the table, but for the end of the codes.
                 {"leads outside", kInvalid,
                  [](Encoded& tensor) { tensor.table.assign(tensor.table.size(), 0); }},
                 {"output of Huffman codes: type", kUnsupported,
                  [](Encoded& tensor) {
                    tensor.output = {{100}, TensorType::INT32};
                  }},
                 {"output of Huffman codes: type", kUnsupported, [](Encoded& tensor) {
                    tensor.output = {{100}, TensorType::INT16};
                  }}});
}

TEST(DecodeTest, RefusesPruningThatLeadsOutside) {
  Random random(8);
  const Encoded valid = test::MakePruned(random, {{100}, TensorType::INT16, {0.5f}, {0}});
  ExpectRefused(
      valid,
      {{"leads outside", kInvalid, [](Encoded& tensor) { tensor.codes.resize(96); }},
       {"leads outside", kInvalid,
        [](Encoded& tensor) { tensor.table.resize(tensor.table.size() - 1); }},
       {"zero point", kUnsupported, [](Encoded& tensor) { tensor.output.zero_points = {1}; }}});
}

TEST(DecodeTest, RefusesInputsThatAreNoConstantsOrNoPairs) {
  Random random(9);
  const Encoded valid = test::MakePruned(random, {{8}, TensorType::FLOAT32});
  for (size_t computed = 0; computed < 3; ++computed) {
    std::vector<TensorSpec> tensors = {valid.Codes(), valid.Table()};
    if (computed < 2) tensors[computed].data.clear();
    test::ModelBuilder model;
    std::vector<int32_t> inputs;
    for (const TensorSpec& tensor : tensors) inputs.push_back(model.AddTensor(tensor));
    const int32_t output = model.AddTensor(valid.output);
    if (computed == 2) inputs.pop_back();
    model.AddCustomOperator("TFLM_DECODE", inputs, {output});
    if (computed < 2) model.SetInputs({inputs[computed]});
    model.SetOutputs({output});
    const Status status = test::RunModel(model, {}).status;
    EXPECT_EQ(status.code, computed < 2 ? kUnsupported : kInvalid) << test::Text(status);
    EXPECT_THAT(test::Text(status),
                testing::HasSubstr(computed < 2 ? "constants" : "number of inputs"));
  }
}

TEST(DecodeTest, ItsArenaIsKnown) {
  Random random(10);
  test::ExpectArenaIsKnown(test::DecodeModel(
      {test::MakePruned(random, test::DecodedInt8(random, {5, 3}, true, 1, true))}));
}

}  // namespace
}  // namespace earshot
