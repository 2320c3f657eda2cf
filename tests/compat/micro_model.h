// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model's file, and the bytes that go in and out of a MicroInterpreter.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "tensorflow/lite/micro/micro_interpreter.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

inline const tflite::Model* ModelIn(const AlignedBytes& file) {
  return tflite::GetModel(file.span().data());
}

// As many bytes as an input has, from a seed.
inline std::vector<uint8_t> RandomBytes(size_t count, uint32_t seed) {
  std::mt19937 random(seed);
  std::vector<uint8_t> bytes(count);
  for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
  return bytes;
}

inline void SetInput(tflite::MicroInterpreter& interpreter, const std::vector<uint8_t>& bytes,
                     size_t i = 0) {
  const TfLiteTensor* const tensor = interpreter.input(i);
  ASSERT_NE(tensor, nullptr);
  ASSERT_EQ(bytes.size(), tensor->bytes);
  std::copy(bytes.begin(), bytes.end(), tensor->data.uint8);
}

inline std::vector<uint8_t> OutputOf(tflite::MicroInterpreter& interpreter, size_t i = 0) {
  const TfLiteTensor* const tensor = interpreter.output(i);
  return {tensor->data.uint8, tensor->data.uint8 + tensor->bytes};
}

// The first output for bytes of the first input; empty: something went wrong.
inline std::vector<uint8_t> RunOn(tflite::MicroInterpreter& interpreter,
                                  const std::vector<uint8_t>& bytes) {
  SetInput(interpreter, bytes);
  if (interpreter.Invoke() != kTfLiteOk) return {};
  return OutputOf(interpreter);
}

// The same by Earshot's interpreter, for several inputs in a row.
inline std::vector<std::vector<uint8_t>> RunByEarshot(
    Span<const uint8_t> file, const std::vector<std::vector<uint8_t>>& inputs,
    const OperatorResolver& resolver) {
  Model model;
  EXPECT_TRUE(Model::Load(file, &model).ok());
  AlignedBytes arena(size_t{4} << 20);
  Interpreter interpreter(model, resolver, arena.span());
  EXPECT_TRUE(interpreter.AllocateTensors().ok());
  std::vector<std::vector<uint8_t>> outputs;
  for (const std::vector<uint8_t>& input : inputs) {
    const Span<uint8_t> to = interpreter.input(0).bytes;
    EXPECT_EQ(input.size(), to.size());
    std::copy(input.begin(), input.end(), to.begin());
    EXPECT_TRUE(interpreter.Invoke().ok());
    const Span<uint8_t> from = interpreter.output(0).bytes;
    outputs.emplace_back(from.begin(), from.end());
  }
  return outputs;
}

}  // namespace earshot::test
