// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Files that no converter writes, but anybody can: written table by table.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/shared_arena.h"
#include "earshot/runtime/status_text.h"
#include "earshot/runtime/tensor_allocation.h"
#include "tests/runtime/chain_model.h"

namespace earshot {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;
using ::testing::HasSubstr;

constexpr uint32_t kSchemaVersion = 3;

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

std::string LoadError(const AlignedBytes& file) {
  Model model;
  return Text(Model::Load(file.span(), &model));
}

AlignedBytes Finished(FlatBufferBuilder& fbb, Offset<schema::Model> model) {
  schema::FinishModelBuffer(fbb, model);
  return AlignedBytes(Span<const uint8_t>(fbb.GetBufferPointer(), fbb.GetSize()));
}

// One subgraph of what `fill` adds to it, which returns it; one buffer.
AlignedBytes WithGraph(
    const std::function<Offset<schema::SubGraph>(FlatBufferBuilder&)>& fill,
    const std::function<Offset<schema::Buffer>(FlatBufferBuilder&)>& buffer =
        [](FlatBufferBuilder& fbb) { return schema::CreateBuffer(fbb); }) {
  FlatBufferBuilder fbb;
  const std::vector<Offset<schema::SubGraph>> graphs = {fill(fbb)};
  const std::vector<Offset<schema::Buffer>> buffers = {buffer(fbb)};
  const std::vector<Offset<schema::OperatorCode>> codes = {schema::CreateOperatorCode(fbb)};
  return Finished(fbb, schema::CreateModel(fbb, kSchemaVersion, fbb.CreateVector(codes),
                                           fbb.CreateVector(graphs), 0, fbb.CreateVector(buffers)));
}

// Of one tensor, which is the output.
Offset<schema::SubGraph> GraphOf(FlatBufferBuilder& fbb, Offset<schema::Tensor> tensor) {
  const std::vector<Offset<schema::Tensor>> tensors = {tensor};
  const std::vector<int32_t> outputs = {0};
  return schema::CreateSubGraph(fbb, fbb.CreateVector(tensors), 0, fbb.CreateVector(outputs));
}

TEST(RareFilesTest, NothingButASubgraph) {
  FlatBufferBuilder fbb;
  const std::vector<Offset<schema::SubGraph>> graphs = {schema::CreateSubGraph(fbb)};
  const AlignedBytes file =
      Finished(fbb, schema::CreateModel(fbb, kSchemaVersion, 0, fbb.CreateVector(graphs)));
  Model model;
  ASSERT_EQ(Text(Model::Load(file.span(), &model)), "ok");
  EXPECT_EQ(model.running_subgraphs(), 1u);
  EXPECT_EQ(model.tensor_count(0), 0u);
  EXPECT_EQ(model.operator_count(0), 0u);
  EXPECT_FALSE(model.remembers());
  EXPECT_STREQ(model.description(), "");
}

TEST(RareFilesTest, ADescription) {
  FlatBufferBuilder fbb;
  const std::vector<Offset<schema::SubGraph>> graphs = {schema::CreateSubGraph(fbb)};
  const auto text = fbb.CreateString("made by hand");
  const AlignedBytes file =
      Finished(fbb, schema::CreateModel(fbb, kSchemaVersion, 0, fbb.CreateVector(graphs), text));
  Model model;
  ASSERT_EQ(Text(Model::Load(file.span(), &model)), "ok");
  EXPECT_STREQ(model.description(), "made by hand");
}

TEST(RareFilesTest, SparseContents) {
  const AlignedBytes file = WithGraph([](FlatBufferBuilder& fbb) {
    const auto sparsity = schema::CreateIgnored(fbb);
    return GraphOf(fbb, schema::CreateTensor(fbb, 0, TensorType::INT8, 0, 0, 0, false, sparsity));
  });
  EXPECT_EQ(LoadError(file), "unsupported: tensor 0: sparse contents");
}

// Files beyond 2 GiB have their contents behind the flatbuffer. Offsets of 0 and 1 mean: they are
// in it.
TEST(RareFilesTest, ContentsOutsideOfTheFlatbuffer) {
  const auto graph = [](FlatBufferBuilder& fbb) {
    return GraphOf(fbb, schema::CreateTensor(fbb, 0, TensorType::INT8));
  };
  const auto load_error = [&](const schema::Int64& offset) {
    return LoadError(WithGraph(
        graph, [&](FlatBufferBuilder& fbb) { return schema::CreateBuffer(fbb, 0, &offset); }));
  };
  EXPECT_EQ(load_error(schema::Int64(0, 0)), "ok");
  EXPECT_EQ(load_error(schema::Int64(1, 0)), "ok");
  constexpr char kOutside[] = "unsupported: tensor 0: contents lie outside the flatbuffer";
  EXPECT_EQ(load_error(schema::Int64(2, 0)), kOutside);
  EXPECT_EQ(load_error(schema::Int64(0, 1)), kOutside);
}

// The plan and the records of operators have 16 bits for either. Offsets may lead to the same one.
TEST(RareFilesTest, MoreThanCanBeCounted) {
  constexpr size_t kMost = 0xFFFE;
  const auto load_error = [](size_t tensor_count, size_t operator_count) {
    return LoadError(WithGraph([&](FlatBufferBuilder& fbb) {
      const std::vector<Offset<schema::Tensor>> tensors(tensor_count, schema::CreateTensor(fbb));
      const std::vector<Offset<schema::Operator>> ops(operator_count, schema::CreateOperator(fbb));
      const auto tensor_vector = fbb.CreateVector(tensors);
      return schema::CreateSubGraph(fbb, tensor_vector, 0, 0, fbb.CreateVector(ops));
    }));
  };
  EXPECT_EQ(load_error(kMost, kMost), "ok");
  EXPECT_THAT(load_error(kMost + 1, 0), HasSubstr("number of tensors (wanted: at most)"));
  EXPECT_THAT(load_error(0, kMost + 1), HasSubstr("number of operators (wanted: at most)"));
}

TEST(RareFilesTest, OperatorsOfManyTensors) {
  const auto load_error = [](size_t inputs, size_t outputs) {
    return LoadError(WithGraph([&](FlatBufferBuilder& fbb) {
      const std::vector<Offset<schema::Tensor>> tensors = {schema::CreateTensor(fbb)};
      const auto ins = fbb.CreateVector(std::vector<int32_t>(inputs, 0));
      const auto outs = fbb.CreateVector(std::vector<int32_t>(outputs, 0));
      const std::vector<Offset<schema::Operator>> ops = {schema::CreateOperator(fbb, 0, ins, outs)};
      const auto tensor_vector = fbb.CreateVector(tensors);
      return schema::CreateSubGraph(fbb, tensor_vector, 0, 0, fbb.CreateVector(ops));
    }));
  };
  EXPECT_EQ(load_error(255, 255), "ok");
  EXPECT_THAT(load_error(256, 255), HasSubstr("number of tensors (wanted: at most)"));
  EXPECT_THAT(load_error(255, 256), HasSubstr("number of tensors (wanted: at most)"));
}

TEST(RareFilesTest, TypesWithoutAKernel) {
  struct Size {
    TensorType type;
    size_t bytes;
  };
  for (const Size size :
       {Size{TensorType::UINT16, 2}, Size{TensorType::FLOAT16, 2}, Size{TensorType::UINT32, 4},
        Size{TensorType::UINT64, 8}, Size{TensorType::FLOAT64, 8}, Size{TensorType::COMPLEX64, 8},
        Size{TensorType::COMPLEX128, 16}, Size{TensorType::STRING, 0}, Size{TensorType::INT4, 0}}) {
    EXPECT_EQ(ElementBytes(size.type), size.bytes) << static_cast<int>(size.type);
  }
}

TEST(RareFilesTest, AModelThatWasNotLoaded) {
  const Model model;
  AlignedBytes arena(256);
  Interpreter interpreter(model, test::kResolver, arena.span());
  EXPECT_EQ(Text(interpreter.AllocateTensors()), "invalid argument: model: not loaded");
}

// 40,000 operators with as many tensors are fine each for itself.
TEST(RareFilesTest, TooManyToPlan) {
  test::Loaded loaded(test::Chain(40000));
  AlignedBytes arena(size_t{8} << 20);
  Interpreter interpreter(loaded.model, test::kResolver, arena.span());
  EXPECT_THAT(Text(interpreter.AllocateTensors()), HasSubstr("unsupported: "));
}

TEST(SharedArenaErrorsTest, AreThoseOfAnInterpreter) {
  AlignedBytes memory(4096);
  SharedArena arena(memory.span());
  Interpreter interpreter;
  test::ModelBuilder missing = test::Chain(1);
  missing.AddOperator(BuiltinOperator::SVDF, {0}, {missing.AddTensor(test::Activation(1))});
  const test::Loaded no_kernel(missing);
  EXPECT_EQ(Text(arena.Allocate(no_kernel.model, test::kResolver, {}, &interpreter)),
            "unsupported: operator 1: no kernel is registered for SVDF of INT8");
  EXPECT_EQ(interpreter.Invoke().code, StatusCode::kFailedPrecondition);

  test::ModelBuilder reads_nothing = test::Chain(1);
  const int never_written = reads_nothing.AddTensor(test::Activation(100));
  reads_nothing.AddOperator(BuiltinOperator::ADD, {never_written},
                            {reads_nothing.AddTensor(test::Activation(100))});
  const test::Loaded does_not_flow(reads_nothing);
  EXPECT_EQ(arena.Allocate(does_not_flow.model, test::kResolver, {}, &interpreter).code,
            StatusCode::kInvalidModel);
  EXPECT_EQ(arena.used_bytes(), 0u);

  const test::Loaded many(test::Chain(40000));
  AlignedBytes large(size_t{8} << 20);
  SharedArena large_arena(large.span());
  EXPECT_THAT(Text(large_arena.Allocate(many.model, test::kResolver, {}, &interpreter)),
              HasSubstr("unsupported: "));
}

TEST(SharedArenaErrorsTest, ThePlanIsMadeTwice) {
  AlignedBytes memory(4096);
  SharedArena arena(memory.span());
  Interpreter interpreter;
  const test::Loaded chain(test::Chain(3));
  int told = 0;
  AllocationOptions options;
  options.plan.user = &told;
  options.plan.make = [](const TensorAllocation& allocation, Span<PlannedBuffer> buffers) {
    ++*static_cast<int*>(allocation.plan().user);
    return PlanMemory(buffers);
  };
  ASSERT_EQ(Text(arena.Allocate(chain.model, test::kResolver, options, &interpreter)), "ok");
  EXPECT_EQ(told, 2);
  EXPECT_TRUE(interpreter.Invoke().ok());
}

}  // namespace
}  // namespace earshot
