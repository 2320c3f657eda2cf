// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Damaged model files end in a Status. What "end" means is watched by the sanitizers of the
// host-asan preset; without them these tests still prove that nothing crashes and nothing hangs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/status_text.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

constexpr int kDamagedFiles = 1000;
constexpr size_t kArenaBytes = 64 * 1024;

// How far a damaged file came. Its numbers are reported, so that a change which makes the test
// blind (say, all files refused at the first byte) shows.
struct Outcomes {
  int refused_by_load = 0;
  int refused_by_allocate = 0;
  int ran = 0;
};

void ExpectPreciseText(const Status& status) {
  char text[kStatusTextBytes];
  ASSERT_NE(status.what, nullptr);
  EXPECT_GT(std::strlen(StatusText(status, text)), 15u) << text;
}

// Damage makes loops that never end, which is what their models say then.
bool HasLoop(const Model& model) {
  for (size_t graph = 0; graph < model.running_subgraphs(); ++graph) {
    for (size_t i = 0; i < model.operator_count(graph); ++i) {
      if (model.operator_code(model.op(graph, i)) == BuiltinOperator::WHILE) return true;
    }
  }
  return false;
}

void TryToRun(Span<const uint8_t> bytes, Outcomes* outcomes) {
  Model model;
  if (const Status status = Model::Load(bytes, &model); !status.ok()) {
    ExpectPreciseText(status);
    ++outcomes->refused_by_load;
    return;
  }
  // A separate block for each run, so that a write behind its end is noticed.
  AlignedBytes arena(kArenaBytes);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  if (const Status status = interpreter.AllocateTensors(); !status.ok()) {
    ExpectPreciseText(status);
    ++outcomes->refused_by_allocate;
    return;
  }
  for (size_t i = 0; i < interpreter.input_count(); ++i) {
    const Span<uint8_t> input = interpreter.input(i).bytes;
    std::fill(input.begin(), input.end(), uint8_t{0x55});
  }
  ++outcomes->ran;
  if (HasLoop(model)) return;
  EXPECT_TRUE(interpreter.Invoke().ok());
  EXPECT_TRUE(interpreter.Invoke().ok());  // With what the first one has left in variables.
}

// Most of a model is weights, where damage changes only the scores. What steers everything is the
// rest: the positions outside of all constants.
std::vector<size_t> StructurePositions(const std::vector<uint8_t>& original) {
  const AlignedBytes bytes(original);
  Model model;
  EXPECT_TRUE(Model::Load(bytes.span(), &model).ok());
  std::vector<bool> in_constant(original.size());
  for (size_t graph = 0; graph < model.subgraph_count(); ++graph) {
    for (size_t i = 0; i < model.tensor_count(graph); ++i) {
      const Span<const uint8_t> data = model.tensor(graph, i).data;
      for (const uint8_t& byte : data)
        in_constant[static_cast<size_t>(&byte - bytes.span().data())] = true;
    }
  }
  std::vector<size_t> positions;
  for (size_t i = 0; i < original.size(); ++i) {
    if (!in_constant[i]) positions.push_back(i);
  }
  return positions;
}

// One damaged copy of `original`, of the kind that `kind` picks; every other one is damaged at
// `structure` only.
AlignedBytes Damage(const std::vector<uint8_t>& original, const std::vector<size_t>& structure,
                    int kind, std::mt19937& random) {
  std::vector<uint8_t> bytes = original;
  const auto position = [&]() -> size_t {
    return kind / 4 % 2 == 0 ? structure[random() % structure.size()] : random() % original.size();
  };
  switch (kind % 4) {
    case 0:  // A few flipped bits.
      for (int i = 0; i <= kind % 16 / 4; ++i) {
        bytes[position()] ^= static_cast<uint8_t>(1u << random() % 8);
      }
      break;
    case 1:  // A cut.
      bytes.resize(position());
      break;
    case 2: {  // A random 32-bit word where an offset, a length or a dimension might be.
      const size_t place = position() / 4 * 4;
      const uint32_t word = kind % 3 == 0 ? random() : random() % 256;
      std::memcpy(bytes.data() + place, &word, std::min<size_t>(4, bytes.size() - place));
      break;
    }
    case 3: {  // One field exchanged for another of the same file.
      const size_t from = position() / 4 * 4;
      const size_t to = position() / 4 * 4;
      const size_t count = std::min<size_t>({4, bytes.size() - from, bytes.size() - to});
      std::memmove(bytes.data() + to, bytes.data() + from, count);
      break;
    }
  }
  return AlignedBytes(bytes);
}

// A copy with a number exchanged for one that somebody might have forgotten to think of: extents,
// axes, strides and their like, in options and in constants.
AlignedBytes DamageWord(const std::vector<uint8_t>& original, std::mt19937& random) {
  constexpr int32_t kWords[] = {0,   1,  2,  3,  4,         7,         31,      32,
                                255, -1, -2, -4, INT32_MIN, INT32_MAX, 1 << 16, 1 << 30};
  std::vector<uint8_t> bytes = original;
  for (uint32_t i = 0; i <= random() % 2; ++i) {
    const size_t place = random() % (bytes.size() / 4) * 4;
    int32_t word = 0;
    std::memcpy(&word, &bytes[place], sizeof(word));
    // Most numbers in such a file are small; what is large is text, contents or offsets.
    word = random() % 2 == 0 ? kWords[random() % std::size(kWords)]
                             : static_cast<int32_t>(static_cast<uint32_t>(word) + random() % 5 - 2);
    std::memcpy(&bytes[place], &word, sizeof(word));
  }
  return AlignedBytes(bytes);
}

void DamageEverything(const std::string& name, const std::vector<uint8_t>& original,
                      unsigned seed) {
  const std::vector<size_t> structure = StructurePositions(original);
  std::mt19937 random(seed);
  Outcomes outcomes;
  for (int i = 0; i < kDamagedFiles; ++i) {
    const AlignedBytes damaged = Damage(original, structure, i, random);
    TryToRun(damaged.span(), &outcomes);
  }
  std::printf("%s: %d refused by Load, %d by AllocateTensors, %d ran\n", name.c_str(),
              outcomes.refused_by_load, outcomes.refused_by_allocate, outcomes.ran);
  EXPECT_EQ(outcomes.refused_by_load + outcomes.refused_by_allocate + outcomes.ran, kDamagedFiles);
  EXPECT_GT(outcomes.refused_by_load, 0);
  EXPECT_GT(outcomes.refused_by_allocate, 0);
}

void DamageEverything(const std::string& path, unsigned seed) {
  DamageEverything(path, test::ReadBytes(path), seed);
}

TEST(DamagedModelsTest, ShippedModel) {
  DamageEverything(test::SourcePath("models/tiny_conv_yes_no/model.tflite"), 1);
}

// Small, with a second subgraph, and nearly all structure.
TEST(DamagedModelsTest, ModelWithVariables) {
  const AlignedBytes bytes = test::StreamingModel().Build();
  const std::vector<uint8_t> original(bytes.span().begin(), bytes.span().end());
  for (unsigned seed = 20; seed < 30; ++seed) {
    DamageEverything("a streaming model, " + std::to_string(seed), original, seed);
  }
}

// Every kernel by itself: what its prepare lets pass, its invoke has to bear.
TEST(DamagedModelsTest, EveryKernel) {
  constexpr int kDamagedPerCase = 200;
  std::mt19937 random(40);
  Outcomes outcomes;
  for (const auto& cases : test::AllKernelCases()) {
    for (const test::KernelCase& kernel_case : cases) {
      SCOPED_TRACE(kernel_case.name);
      const AlignedBytes bytes = kernel_case.model.Build();
      const std::vector<uint8_t> original(bytes.span().begin(), bytes.span().end());
      for (int i = 0; i < kDamagedPerCase; ++i) {
        const AlignedBytes damaged = DamageWord(original, random);
        TryToRun(damaged.span(), &outcomes);
      }
    }
  }
  std::printf("kernels: %d refused by Load, %d by AllocateTensors, %d ran\n",
              outcomes.refused_by_load, outcomes.refused_by_allocate, outcomes.ran);
  EXPECT_GT(outcomes.refused_by_allocate, 1000);
  EXPECT_GT(outcomes.ran, 1000);
}

// Small files are nearly all structure: damage there goes deeper than in a file full of weights.
TEST(DamagedModelsTest, OtherModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  unsigned seed = 2;
  for (const char* name :
       {"hello_world_int8", "hello_world_float", "simple_add", "micro_speech_quantized",
        "kws_ref_model", "mww_v2_vad", "mww_v2_okay_nabu"}) {
    DamageEverything(test::SharedPath(std::string("models/") + name + ".tflite"), seed++);
  }
}

}  // namespace
}  // namespace earshot
