// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstring>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/host/models/model_file.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr size_t kArenaBytes = 4096;
constexpr int kDamagedCopies = 768;

// Small, so that nearly all of it is structure, with one of most things that a file can have.
AlignedBytes BaseModel() {
  Random random(1);
  ModelBuilder builder;
  WindowSpec window;
  window.stride_h = 2;
  window.stride_w = 2;
  const int image = builder.AddTensor({{1, 6, 6, 2}, TensorType::INT8, {0.1f}, {-3}});
  const int filter = builder.AddTensor({{4, 3, 3, 2},
                                        TensorType::INT8,
                                        {0.02f, 0.03f, 0.04f, 0.05f},
                                        {0, 0, 0, 0},
                                        BytesOf(random.Int8(72))});
  const int bias = builder.AddTensor(
      {{4}, TensorType::INT32, {}, {}, BytesOf(std::vector<int32_t>{1, -200, 3000, -40})});
  const int features = builder.AddTensor({{1, 3, 3, 4}, TensorType::INT8, {0.2f}, {5}});
  const int row = builder.AddTensor({{1, 36}, TensorType::INT8, {0.2f}, {5}});
  const int weights =
      builder.AddTensor({{3, 36}, TensorType::INT8, {0.01f}, {0}, BytesOf(random.Int8(108))});
  const int logits = builder.AddTensor({{1, 3}, TensorType::INT8, {0.1f}, {0}});
  const int scores = builder.AddTensor({{1, 3}, TensorType::INT8, {1.0f / 256.0f}, {-128}});
  builder.AddOperator(BuiltinOperator::CONV_2D, {image, filter, bias}, {features},
                      Conv2DOptions(window));
  builder.AddOperator(BuiltinOperator::RESHAPE, {features}, {row});
  builder.AddOperator(BuiltinOperator::FULLY_CONNECTED, {row, weights, -1}, {logits},
                      FullyConnectedOptions());
  builder.AddOperator(BuiltinOperator::SOFTMAX, {logits}, {scores}, SoftmaxOptions());
  builder.SetInputs({image});
  builder.SetOutputs({scores});
  return builder.Build();
}

// A byte that is not as it was: position, what was there, what is there.
struct Change {
  uint32_t position;
  uint32_t before;
  uint32_t after;
};

// Flipped bits, other words, exchanged words; each third copy is cut as well.
std::vector<uint8_t> Damage(Span<const uint8_t> base, int copy, std::mt19937& random) {
  std::vector<uint8_t> bytes(base.begin(), base.end());
  const size_t word = random() % (bytes.size() / 4) * 4;
  const size_t other = random() % (bytes.size() / 4) * 4;
  const uint32_t small = random() % 256;
  if (copy % 4 == 0) bytes[word] = static_cast<uint8_t>(bytes[word] ^ (1u << random() % 8));
  if (copy % 4 == 1) std::memcpy(&bytes[word], &small, sizeof(small));
  if (copy % 4 == 2) std::memcpy(&bytes[word], &bytes[other], 4);
  if (copy % 4 == 3) bytes.resize(random() % bytes.size());
  return bytes;
}

// How far the copy came (0: refused by Load, 1: by AllocateTensors, 2: it ran) and what was said;
// then its first output.
int WriteOutcome(FieldWriter& writer, Span<const uint8_t> file) {
  const AlignedBytes bytes(file);
  AlignedBytes arena(kArenaBytes);
  Model model;
  Interpreter interpreter;
  int stage = 0;
  Status status = Model::Load(bytes.span(), &model);
  if (status.ok()) {
    stage = 1;
    interpreter = Interpreter(model, DeviceKernelsResolver(), arena.span());
    status = interpreter.AllocateTensors();
  }
  std::vector<uint8_t> output;
  if (status.ok()) {
    stage = 2;
    for (size_t i = 0; i < interpreter.input_count(); ++i) {
      const Span<uint8_t> input = interpreter.input(i).bytes;
      std::memset(input.data(), 0x55, input.size());
    }
    status = interpreter.Invoke();
    if (interpreter.output_count() > 0) {
      const Span<uint8_t> content = interpreter.output(0).bytes;
      output.assign(content.begin(), content.end());
    }
  }
  writer.Value(static_cast<int32_t>(stage));
  WriteStatus(writer, status);
  writer.Array(output);
  return stage;
}

void MakeDamagedModels(const std::string& path) {
  FieldWriter writer(path);
  const AlignedBytes base = BaseModel();
  std::mt19937 random(1);
  writer.Array(base.span());
  writer.Value(static_cast<uint32_t>(kArenaBytes));
  int stages[3] = {};
  for (int copy = 0; copy < kDamagedCopies; ++copy) {
    const std::vector<uint8_t> damaged = Damage(base.span(), copy, random);
    std::vector<Change> changes;
    for (size_t i = 0; i < damaged.size(); ++i) {
      const uint8_t before = base.span()[i];
      if (damaged[i] != before) {
        changes.push_back({static_cast<uint32_t>(i), before, damaged[i]});
      }
    }
    writer.Value(static_cast<uint32_t>(damaged.size()));
    writer.Array(changes);
    ++stages[WriteOutcome(writer, damaged)];
  }
  // Damage that always ends the same way would prove little.
  for (const int count : stages) {
    if (count < kDamagedCopies / 16) throw std::runtime_error(path + ": one-sided damage");
  }
}

// What AllocateTensors() says about arenas of any size for the shipped model.
void MakeArenas(const std::string& path) {
  constexpr size_t kStep = 208;  // A multiple of 16, and not of much else.
  FieldWriter writer(path);
  Model model;
  host::ModelRunner runner;
  if (!Model::Load(kTinyConvYesNo.bytes, &model).ok() ||
      !host::MakeRunner(kTinyConvYesNo.name, model, kTinyConvYesNo.resolver, &runner).ok()) {
    throw std::runtime_error(path + ": the shipped model does not run");
  }
  const size_t enough = runner.interpreter.arena_used_bytes();
  std::vector<size_t> sizes = {enough - 1, enough};
  for (size_t size = 0; size < enough; size += kStep) sizes.push_back(size);
  for (const size_t size : sizes) {
    AlignedBytes arena(size);
    Interpreter interpreter(model, kTinyConvYesNo.resolver, arena.span());
    writer.Value(static_cast<uint32_t>(size));
    WriteStatus(writer, interpreter.AllocateTensors());
  }
}

}  // namespace

void WriteStatus(FieldWriter& writer, const Status& status) {
  writer.Array(std::vector<int32_t>{
      static_cast<int32_t>(status.code), static_cast<int32_t>(status.subject),
      static_cast<int32_t>(status.unit), status.index, status.found, status.wanted});
  writer.Text(status.what == nullptr ? "" : status.what);
}

void MakeInterpreterData(const std::string& folder) {
  MakeDamagedModels(folder + "damaged_models");
  MakeArenas(folder + "arenas");
}

}  // namespace earshot::test
