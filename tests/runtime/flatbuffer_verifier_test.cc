// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Our walk over the file against flatbuffers' own verifier, on files with all kinds of damage.

#include "runtime/flatbuffer_verifier.h"

#include <gtest/gtest.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "base/aligned_bytes.h"
#include "runtime/schema/model_format_generated.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

template <typename Options>
bool VerifyAs(const void* table, flatbuffers::Verifier& verifier) {
  return static_cast<const Options*>(table)->Verify(verifier);
}

// The schema has no union: flatbuffers does not look into options by itself.
bool VerifyOptions(const schema::Operator& op, flatbuffers::Verifier& verifier) {
  const void* table = op.builtin_options();
  if (table == nullptr) return true;
  switch (op.builtin_options_type()) {
    case schema::BuiltinOptions::Conv2DOptions:
      return VerifyAs<schema::Conv2DOptions>(table, verifier);
    case schema::BuiltinOptions::DepthwiseConv2DOptions:
      return VerifyAs<schema::DepthwiseConv2DOptions>(table, verifier);
    case schema::BuiltinOptions::Pool2DOptions:
      return VerifyAs<schema::Pool2DOptions>(table, verifier);
    case schema::BuiltinOptions::FullyConnectedOptions:
      return VerifyAs<schema::FullyConnectedOptions>(table, verifier);
    case schema::BuiltinOptions::SoftmaxOptions:
      return VerifyAs<schema::SoftmaxOptions>(table, verifier);
    case schema::BuiltinOptions::AddOptions:
      return VerifyAs<schema::AddOptions>(table, verifier);
    case schema::BuiltinOptions::ReshapeOptions:
      return VerifyAs<schema::ReshapeOptions>(table, verifier);
    case schema::BuiltinOptions::MulOptions:
      return VerifyAs<schema::MulOptions>(table, verifier);
    case schema::BuiltinOptions::ReducerOptions:
      return VerifyAs<schema::ReducerOptions>(table, verifier);
    case schema::BuiltinOptions::ConcatenationOptions:
      return VerifyAs<schema::ConcatenationOptions>(table, verifier);
    case schema::BuiltinOptions::StridedSliceOptions:
      return VerifyAs<schema::StridedSliceOptions>(table, verifier);
    case schema::BuiltinOptions::CallOnceOptions:
      return VerifyAs<schema::CallOnceOptions>(table, verifier);
    case schema::BuiltinOptions::VarHandleOptions:
      return VerifyAs<schema::VarHandleOptions>(table, verifier);
    default:
      return true;
  }
}

bool Reference(Span<const uint8_t> bytes) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (!verifier.VerifyBuffer<schema::Model>()) return false;
  const auto* graphs = schema::GetModel(bytes.data())->subgraphs();
  for (uint32_t i = 0; graphs != nullptr && i < graphs->size(); ++i) {
    const auto* operators = graphs->Get(i)->operators();
    for (uint32_t j = 0; operators != nullptr && j < operators->size(); ++j) {
      if (!VerifyOptions(*operators->Get(j), verifier)) return false;
    }
  }
  return true;
}

// A file with every field of every table, those with default values included. Small, so that nearly
// every byte of it steers something.
std::vector<uint8_t> FileWithEverything() {
  flatbuffers::FlatBufferBuilder fbb;
  fbb.ForceDefaults(true);
  fbb.DedupVtables(false);  // So that damage hits one table at a time.
  const std::vector<int32_t> numbers = {1, 2, 3};
  const auto quantization =
      schema::CreateQuantizationParameters(fbb, fbb.CreateVector(std::vector<float>{0.5f}),
                                           fbb.CreateVectorOfStructs(test::Int64s({7})));
  const std::vector<flatbuffers::Offset<schema::Tensor>> tensors = {schema::CreateTensor(
      fbb, fbb.CreateVector(numbers), schema::TensorType::INT8, 1, fbb.CreateString("tensor"),
      quantization, true, schema::CreateIgnored(fbb))};
  std::vector<flatbuffers::Offset<schema::Operator>> operators;
  const auto add = [&](schema::BuiltinOptions type, flatbuffers::uoffset_t options) {
    const auto inputs = fbb.CreateVector(numbers);
    const auto outputs = fbb.CreateVector(numbers);
    operators.push_back(schema::CreateOperator(fbb, 0, inputs, outputs, type,
                                               flatbuffers::Offset<schema::Ignored>(options)));
  };
  using Kind = schema::BuiltinOptions;
  add(Kind::NONE, schema::CreateIgnored(fbb).o);
  add(Kind::Conv2DOptions, schema::CreateConv2DOptions(fbb).o);
  add(Kind::DepthwiseConv2DOptions, schema::CreateDepthwiseConv2DOptions(fbb).o);
  add(Kind::Pool2DOptions, schema::CreatePool2DOptions(fbb).o);
  add(Kind::FullyConnectedOptions, schema::CreateFullyConnectedOptions(fbb).o);
  add(Kind::SoftmaxOptions, schema::CreateSoftmaxOptions(fbb).o);
  add(Kind::AddOptions, schema::CreateAddOptions(fbb).o);
  add(Kind::MulOptions, schema::CreateMulOptions(fbb).o);
  add(Kind::ReshapeOptions, schema::CreateReshapeOptions(fbb, fbb.CreateVector(numbers)).o);
  add(Kind::ReducerOptions, schema::CreateReducerOptions(fbb).o);
  add(Kind::ConcatenationOptions, schema::CreateConcatenationOptions(fbb).o);
  add(Kind::StridedSliceOptions, schema::CreateStridedSliceOptions(fbb).o);
  add(Kind::CallOnceOptions, schema::CreateCallOnceOptions(fbb).o);
  add(Kind::VarHandleOptions,
      schema::CreateVarHandleOptions(fbb, fbb.CreateString("container"), fbb.CreateString("name"))
          .o);
  const std::vector<flatbuffers::Offset<schema::SubGraph>> graphs = {schema::CreateSubGraph(
      fbb, fbb.CreateVector(tensors), fbb.CreateVector(numbers), fbb.CreateVector(numbers),
      fbb.CreateVector(operators), fbb.CreateString("graph"))};
  const std::vector<flatbuffers::Offset<schema::OperatorCode>> codes = {
      schema::CreateOperatorCode(fbb, 1, fbb.CreateString("custom"), 2)};
  const schema::Int64 offset(4, 0);
  const schema::Int64 size(5, 0);
  const std::vector<flatbuffers::Offset<schema::Buffer>> buffers = {
      schema::CreateBuffer(fbb, fbb.CreateVector(std::vector<uint8_t>{1, 2, 3}), &offset, &size)};
  schema::FinishModelBuffer(
      fbb, schema::CreateModel(fbb, 3, fbb.CreateVector(codes), fbb.CreateVector(graphs),
                               fbb.CreateString("everything"), fbb.CreateVector(buffers)));
  return std::vector<uint8_t>(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize());
}

// How often both said yes and no, so that a test which has become blind shows.
struct Answers {
  int accepted = 0;
  int refused = 0;
};

void Compare(const std::vector<uint8_t>& file, Answers* answers) {
  const AlignedBytes bytes(file);
  const bool wanted = Reference(bytes.span());
  ASSERT_EQ(VerifyFlatbuffer(bytes.span()), wanted);
  ++(wanted ? answers->accepted : answers->refused);
}

TEST(FlatbufferVerifierTest, AcceptsWhatIsSound) {
  const AlignedBytes everything(FileWithEverything());
  EXPECT_TRUE(Reference(everything.span()));
  EXPECT_TRUE(VerifyFlatbuffer(everything.span()));
}

// Each byte of the file in turn, changed in several ways.
TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnEachChangedByte) {
  const std::vector<uint8_t> good = FileWithEverything();
  Answers answers;
  for (size_t i = 0; i < good.size(); ++i) {
    for (const int change : {1, 2, 4, 8, 16, 64, 128, 255}) {
      std::vector<uint8_t> file = good;
      file[i] = static_cast<uint8_t>(file[i] + change);
      Compare(file, &answers);
      if (HasFatalFailure()) FAIL() << "byte " << i << " increased by " << change;
    }
  }
  EXPECT_GT(answers.accepted, 1000);
  EXPECT_GT(answers.refused, 1000);
}

// Whole words, several at a time, and cuts.
TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnRandomDamage) {
  constexpr int kFiles = 100000;
  const std::vector<uint8_t> good = FileWithEverything();
  std::mt19937 random(1);
  Answers answers;
  for (int i = 0; i < kFiles; ++i) {
    std::vector<uint8_t> file = good;
    for (uint32_t count = random() % 3; count != 0; --count) {
      const size_t place = random() % (file.size() / 4) * 4;
      const uint32_t words[] = {static_cast<uint32_t>(random()),
                                static_cast<uint32_t>(random()) % 256,
                                0u - static_cast<uint32_t>(random()) % 256, INT32_MAX, 0x80000000u};
      std::memcpy(&file[place], &words[random() % 5], sizeof(words[0]));
    }
    if (random() % 4 == 0) file.resize(8 + random() % (file.size() - 8));
    Compare(file, &answers);
    if (HasFatalFailure()) FAIL() << "file " << i;
  }
  EXPECT_GT(answers.accepted, 10000);
  EXPECT_GT(answers.refused, 10000);
}

TEST(FlatbufferVerifierTest, AgreesWithTheLibraryOnModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  constexpr int kFiles = 2000;
  std::mt19937 random(2);
  Answers answers;
  for (const char* name : {"simple_add", "micro_speech_quantized", "mww_v2_vad"}) {
    const std::vector<uint8_t> good =
        test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite"));
    for (int i = 0; i < kFiles; ++i) {
      std::vector<uint8_t> file = good;
      file[random() % file.size()] ^= static_cast<uint8_t>(1u << random() % 8);
      Compare(file, &answers);
      if (HasFatalFailure()) FAIL() << name << ", file " << i;
    }
  }
  EXPECT_GT(answers.accepted, 1000);
  EXPECT_GT(answers.refused, 100);
}

// Many offsets to the same table: refused rather than walked for minutes.
TEST(FlatbufferVerifierTest, EndsOnFilesThatMultiply) {
  constexpr size_t kTensors = 30000;
  constexpr size_t kGraphs = 1000;
  flatbuffers::FlatBufferBuilder fbb;
  const std::vector<flatbuffers::Offset<schema::Tensor>> tensors(kTensors,
                                                                 schema::CreateTensor(fbb));
  const std::vector<flatbuffers::Offset<schema::SubGraph>> graphs(
      kGraphs, schema::CreateSubGraph(fbb, fbb.CreateVector(tensors)));
  schema::FinishModelBuffer(fbb, schema::CreateModel(fbb, 3, 0, fbb.CreateVector(graphs)));
  const AlignedBytes file(
      std::vector<uint8_t>(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize()));
  EXPECT_FALSE(VerifyFlatbuffer(file.span()));
}

}  // namespace
}  // namespace earshot
