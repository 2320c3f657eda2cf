// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as a model: Load(), AllocateTensors() in arenas of several sizes, Invoke(). What the
// last eight bytes say also chooses the size of the arena, the inputs and the options; a .tflite
// file does not mind what lies behind it.
//
// What must hold, besides that nothing crashes: errors have texts; an arena is enough from
// arena_used_bytes() on; the file is not written to; outputs are the same bits with the kernels of
// devices and of this host, with weights packed and without, whatever was in the arena before.
//
// Left out, since it is allowed to take long or to need much: WHILE, which may never end; models
// that need more than kMostCost steps or an arena of more than kMostArena bytes.

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/in_place.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/packed_weights.h"
#include "earshot/runtime/status_text.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/model_cost.h"
#if EARSHOT_FUZZ
#include "tests/fuzz/model_mutator.h"
#endif

namespace earshot::test {
namespace {

constexpr size_t kSteeringBytes = 8;
constexpr double kMostCost = 2e6;
constexpr size_t kMostArena = 1 << 20;
constexpr size_t kMostPacked = 1 << 26;
constexpr size_t kMostIdleBytes = 4096;

using Outputs = std::vector<std::vector<uint8_t>>;

std::vector<const Kernel*> KernelsThatEnd(const OperatorResolver& all) {
  std::vector<const Kernel*> kernels;
  for (size_t i = 0; i < all.size(); ++i) {
    if (all.kernel(i).key.op() != BuiltinOperator::WHILE) kernels.push_back(&all.kernel(i));
  }
  return kernels;
}

void RequireText(const Status& status) {
  char text[kStatusTextBytes];
  Require(status.what != nullptr && std::strlen(StatusText(status, text)) > 15,
          "an error says what is wrong");
}

// What the end of an input chooses.
struct Steering {
  explicit Steering(Span<const uint8_t> bytes) {
    FuzzInput input(bytes);
    first_size = input.Take<uint16_t>();
    const auto flags = input.Take<uint8_t>();
    keep_inputs = (flags & 1) != 0;
    small_floats = (flags & 2) == 0;
    checks_exact_size = (flags & 4) == 0;
    idle_bytes = (flags & 8) != 0 ? first_size % kMostIdleBytes : 0;
    if ((flags & 16) != 0) placed = {1, 0, first_size};
    tries_in_place = (flags & 32) == 0;
    seed = input.Take<uint32_t>();
  }

  uint16_t first_size = 0;
  bool keep_inputs = false;
  bool small_floats = true;
  bool checks_exact_size = true;
  size_t idle_bytes = 0;
  std::vector<uint16_t> placed;
  bool tries_in_place = true;
  uint32_t seed = 0;

  AllocationOptions options() const {
    AllocationOptions chosen;
    chosen.keep_inputs = keep_inputs;
    chosen.idle_bytes = idle_bytes;
    chosen.plan.placed_first = placed;
    return chosen;
  }
};

void FillInputs(Interpreter& interpreter, const Steering& steering, uint32_t run) {
  uint32_t state = steering.seed + run;
  for (size_t i = 0; i < interpreter.input_count(); ++i) {
    const TensorView input = interpreter.input(i);
    const bool is_float = input.info.type == TensorType::FLOAT32;
    for (uint8_t& byte : input.bytes) {
      state = state * 1664525u + 1013904223u;
      byte = static_cast<uint8_t>(state >> 24);
      // As floats, these are numbers, and small.
      if (is_float && steering.small_floats) byte &= 0x3F;
    }
  }
}

// A float that is no number may be any of them.
void AppendOutputs(const Interpreter& interpreter, Outputs* outputs) {
  for (size_t i = 0; i < interpreter.output_count(); ++i) {
    const TensorView output = interpreter.output(i);
    std::vector<uint8_t>& bytes = outputs->emplace_back(output.bytes.begin(), output.bytes.end());
    if (output.info.type != TensorType::FLOAT32) continue;
    for (size_t at = 0; at + 4 <= bytes.size(); at += 4) {
      float number = 0;
      std::memcpy(&number, &bytes[at], sizeof(number));
      if (number != number) std::memset(&bytes[at], 0xFF, sizeof(number));
    }
  }
}

// Two inferences, then one as at the beginning.
Outputs Run(Interpreter& interpreter, const Steering& steering) {
  Outputs outputs;
  for (uint32_t run = 0; run < 3; ++run) {
    if (run == 2) interpreter.ResetVariables();
    FillInputs(interpreter, steering, run);
    Require(interpreter.Invoke().ok(), "a model that was allocated runs");
    if (interpreter.has_new_outputs()) AppendOutputs(interpreter, &outputs);
    const Span<uint8_t> idle = interpreter.idle_memory();
    std::fill(idle.begin(), idle.end(), uint8_t{0xA5});
  }
  return outputs;
}

// Allocates in arenas that grow from `size` on until one is enough, each full of `fill`. True: one
// was; false: the model is refused, or needs too much.
bool Allocate(const Model& model, const OperatorResolver& resolver,
              const AllocationOptions& options, size_t size, uint8_t fill, AlignedBytes* arena,
              Interpreter* interpreter) {
  constexpr int kMostTries = 8;
  for (int i = 0; i < kMostTries; ++i) {
    *arena = AlignedBytes(size);
    std::fill(arena->span().begin(), arena->span().end(), fill);
    *interpreter = Interpreter(model, resolver, arena->span());
    const Status status = interpreter->AllocateTensors(options);
    if (status.ok()) return true;
    RequireText(status);
    Require(interpreter->Invoke().code == StatusCode::kFailedPrecondition,
            "a model that was not allocated does not run");
    if (status.code != StatusCode::kArenaTooSmall) return false;
    Require(status.found == static_cast<int32_t>(size) && status.wanted > status.found,
            "an arena that is too small is told a larger size");
    size = static_cast<size_t>(status.wanted);
    if (size > kMostArena) return false;
  }
  Require(false, "an arena of the size that was told is enough, after some tries");
  return false;
}

void RequireNotEnough(const Model& model, const OperatorResolver& resolver,
                      const AllocationOptions& options, size_t size) {
  AlignedBytes arena(size);
  Interpreter interpreter(model, resolver, arena.span());
  const Status status = interpreter.AllocateTensors(options);
  Require(status.code == StatusCode::kArenaTooSmall, "one byte less is not enough");
}

// The same outputs with packed weights, in exactly the memory that they are said to take.
void RequirePackedAlike(Interpreter* interpreter, const Steering& steering,
                        const Outputs& outputs) {
  const size_t bytes = PackedBytes(*interpreter);
  if (bytes == 0 || bytes > kMostPacked) return;
  AlignedBytes memory(bytes);
  Require(PackWeights(memory.span(), interpreter).ok(), "packed weights take what is said");
  interpreter->ResetVariables();
  Require(Run(*interpreter, steering) == outputs, "the outputs are the same with packed weights");
}

void TryModel(Span<const uint8_t> bytes) {
  static const std::vector<const Kernel*> host_kernels = KernelsThatEnd(AllKernelsResolver());
  static const std::vector<const Kernel*> device_kernels = KernelsThatEnd(DeviceKernelsResolver());
  const AlignedBytes file(bytes);
  Model model;
  if (const Status status = Model::Load(file.span(), &model); !status.ok()) {
    return RequireText(status);
  }
  if (InferenceCost(model) > kMostCost) return;
  const size_t steering_bytes = std::min(kSteeringBytes, bytes.size());
  const Steering steering(bytes.subspan(bytes.size() - steering_bytes));

  const OperatorResolver host(host_kernels);
  AllocationOptions options = steering.options();
  AlignedBytes arena;
  Interpreter interpreter;
  if (!Allocate(model, host, options, steering.first_size, 0, &arena, &interpreter)) return;
  const size_t used = interpreter.arena_used_bytes();
  Require(used <= arena.size(), "no more is used than is there");
  const Outputs outputs = Run(interpreter, steering);

  const OperatorResolver device(device_kernels);
  AlignedBytes exact;
  Interpreter other;
  Require(Allocate(model, device, options, used, 0xFF, &exact, &other) && exact.size() == used,
          "as much as is used is enough");
  Require(Run(other, steering) == outputs,
          "the outputs are the same in another arena, with other kernels");
  RequirePackedAlike(&interpreter, steering, outputs);
  if (steering.checks_exact_size && used > 0) {
    RequireNotEnough(model, device, options, used - 1);
  }
  if (steering.tries_in_place && used < kMostArena / 2) {  // Its plan may be the larger one.
    options.plan.make = PlanInPlace;
    Require(Allocate(model, host, options, used, 0x5A, &arena, &interpreter),
            "a model that runs does so with operators that share memory");
    Require(Run(interpreter, steering) == outputs,
            "the outputs are the same where operators share memory");
  }
  Require(std::equal(bytes.begin(), bytes.end(), file.span().begin()), "the file is as it was");
}

}  // namespace
}  // namespace earshot::test

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::test::TryModel({bytes, size});
  return 0;
}

#if EARSHOT_FUZZ
// One in eight changes is libFuzzer's own, which knows what comparisons were made with.
extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* bytes, size_t size, size_t most,
                                          unsigned int seed) {
  if (seed % 8 == 0) return LLVMFuzzerMutate(bytes, size, most);
  return earshot::test::MutateModel(bytes, size, most, seed);
}
#endif
