// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Loads, allocates and runs a model once, for tests of single operators.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/packed_weights.h"
#include "earshot/runtime/status_text.h"
#include "tests/support/model_builder.h"

// That there is no Status but ok in a RunResult.
#define ASSERT_RAN(result) \
  ASSERT_TRUE((result).status.ok()) << ::earshot::test::Text((result).status)

namespace earshot::test {

inline std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

// What came of a run: the outputs' bytes, or the first Status that was not ok.
struct RunResult {
  Status status;
  std::vector<std::vector<uint8_t>> outputs;

  // Output `i` as T. Precondition: status.ok().
  template <typename T>
  std::vector<T> As(size_t i = 0) const {
    std::vector<T> values(outputs[i].size() / sizeof(T));
    if (!values.empty()) std::memcpy(values.data(), outputs[i].data(), outputs[i].size());
    return values;
  }
};

// For tests/peers/compare_models.py: saves a model in the folder that EARSHOT_SAVE_MODELS names, if
// that is set, under a name that follows from its bytes.
inline void SaveModel(Span<const uint8_t> file) {
  const char* const folder = std::getenv("EARSHOT_SAVE_MODELS");
  if (folder == nullptr) return;
  uint64_t hash = 0xCBF29CE484222325u;  // FNV-1a.
  for (const uint8_t byte : file) hash = (hash ^ byte) * 0x100000001B3u;
  const std::string name = std::string(folder) + "/" + std::to_string(hash) + ".tflite";
  const void* const bytes = file.data();
  std::ofstream(name, std::ios::binary)
      .write(static_cast<const char*>(bytes), static_cast<std::streamsize>(file.size()));
}

// Runs with an arena of exactly the size that the model needs, and with packed weights where the
// kernels pack some.
inline RunResult RunModel(const ModelBuilder& builder,
                          const std::vector<std::vector<uint8_t>>& inputs,
                          const OperatorResolver& resolver = AllKernelsResolver()) {
  RunResult result;
  const AlignedBytes file = builder.Build();
  Model model;
  result.status = Model::Load(file.span(), &model);
  if (!result.status.ok()) return result;
  SaveModel(file.span());
  size_t arena_bytes = 0;
  {
    AlignedBytes generous(size_t{1} << 20);
    Interpreter interpreter(model, resolver, generous.span());
    result.status = interpreter.AllocateTensors();
    if (!result.status.ok()) return result;
    arena_bytes = interpreter.arena_used_bytes();
  }
  AlignedBytes arena(arena_bytes);
  Interpreter interpreter(model, resolver, arena.span());
  result.status = interpreter.AllocateTensors();
  if (!result.status.ok()) return result;
  AlignedBytes packed(PackedBytes(interpreter));
  result.status = PackWeights(packed.span(), &interpreter);
  if (!result.status.ok()) return result;
  for (size_t i = 0; i < inputs.size(); ++i) {
    std::memcpy(interpreter.input(i).bytes.data(), inputs[i].data(), inputs[i].size());
  }
  result.status = interpreter.Invoke();
  if (!result.status.ok()) return result;
  for (size_t i = 0; i < interpreter.output_count(); ++i) {
    const Span<uint8_t> bytes = interpreter.output(i).bytes;
    result.outputs.emplace_back(bytes.begin(), bytes.end());
  }
  return result;
}

// Fails unless exactly the arena that is said to be needed is enough, and one that is smaller, in
// steps of 4 bytes, is said to be too small and to need at most that.
inline void ExpectArenaIsKnown(const ModelBuilder& builder) {
  const AlignedBytes bytes = builder.Build();
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  size_t needed = 0;
  {
    AlignedBytes arena(size_t{1} << 16);
    Interpreter interpreter(model, AllKernelsResolver(), arena.span());
    ASSERT_TRUE(interpreter.AllocateTensors().ok());
    needed = interpreter.arena_used_bytes();
  }
  for (size_t size = 0; size < needed; size += 4) {
    AlignedBytes arena(size);
    Interpreter interpreter(model, AllKernelsResolver(), arena.span());
    const Status status = interpreter.AllocateTensors();
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size << ": " << Text(status);
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
  }
  AlignedBytes arena(needed);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  EXPECT_TRUE(interpreter.AllocateTensors().ok());
}

}  // namespace earshot::test
