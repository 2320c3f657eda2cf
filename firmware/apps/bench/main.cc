// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Counts what each stage of the front end and each operator of the model costs on this board: a
// JSON line each, in ticks of the board's clock. The emulator counts time in instructions, so there
// a tick is a fixed number of them, and every run gives the same figures.

#include <cstdint>

#include "board.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/frontend/standard_tables.h"
#include "firmware/apps/bench/front_end_stages.h"
#include "firmware/apps/common/json_line.h"
#include "firmware/apps/common/pace.h"
#include "firmware/port/clock.h"
#include "firmware/port/console.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

constexpr uint32_t kSeconds = 2;
constexpr uint32_t kSamplesPerSecond = 16000;
constexpr size_t kMaxOperators = 16;

// First for the front end's stages one by one, then for the spotter as a whole.
alignas(KeywordSpotter::kMemoryAlignment) uint8_t g_memory[kTinyConvYesNoSpotterBytes];
static_assert(sizeof(FrontEndBuffers) <= sizeof(g_memory));
int16_t g_samples[FrontEndBuffers::kWindow];

void Report(const char* what, uint32_t ticks) {
  JsonLine("bench").Text("what", what).Number("ticks", static_cast<int32_t>(ticks)).Send();
}

// Noise that swells and fades four times a second: never silent, never the same. Source of the
// generator's constants: Numerical Recipes, "quick and dirty" generators.
class Sound {
 public:
  int16_t Next() {
    constexpr uint32_t kSwell = 4000;
    state_ = state_ * 1664525u + 1013904223u;
    const int32_t noise = static_cast<int32_t>(state_ >> 20) - 2048;
    return static_cast<int16_t>(noise * static_cast<int32_t>(index_++ % kSwell) / 512);
  }

 private:
  uint32_t state_ = 1;
  uint32_t index_ = 0;
};

// Per operator, of the latest inference.
struct OperatorTicks {
  uint32_t begin = 0;
  uint32_t ticks[kMaxOperators] = {};
};

void BeginOperator(void* user, size_t /*op_index*/) {
  static_cast<OperatorTicks*>(user)->begin = port::ClockTicks();
}

void EndOperator(void* user, size_t op_index) {
  auto* operators = static_cast<OperatorTicks*>(user);
  const uint32_t end = port::ClockTicks();
  if (op_index < kMaxOperators) operators->ticks[op_index] = end - operators->begin;
}

// Sum and number of equal pieces of work.
struct Mean {
  uint32_t sum = 0;
  uint32_t count = 0;

  void Add(uint32_t ticks) {
    sum += ticks;
    ++count;
  }
  uint32_t value() const { return count == 0 ? 0 : sum / count; }
};

void BenchFrontEnd() {
  Sound sound;
  for (int16_t& sample : g_samples) sample = sound.Next();
  StageTicks stages[kFrontEndStages];
  void* memory = g_memory;
  MeasureFrontEndStages(g_samples, static_cast<FrontEndBuffers*>(memory), stages);
  for (const StageTicks& stage : stages) Report(stage.stage, stage.ticks);
}

Status BenchSpotter() {
  uint32_t begin = port::ClockTicks();
  Model model;
  EARSHOT_RETURN_IF_ERROR(Model::Load(kTinyConvYesNo.bytes, &model));
  Report("load", port::ClockTicks() - begin);
  begin = port::ClockTicks();
  KeywordSpotter spotter;
  EARSHOT_RETURN_IF_ERROR(KeywordSpotter::Create(model, kTinyConvYesNo.resolver,
                                                 AtFirmwarePace(model, kTinyConvYesNo.config),
                                                 g_memory, &spotter));
  Report("create", port::ClockTicks() - begin);

  OperatorTicks operators;
  const Profiler profiler = {BeginOperator, EndOperator, &operators};
  spotter.interpreter().set_profiler(&profiler);
  Mean stride;
  Mean stride_with_inference;
  Sound sound;
  const size_t stride_samples =
      static_cast<size_t>(kTinyConvYesNo.config.stride_ms) * kSamplesPerSecond / 1000;
  for (uint32_t heard = 0; heard < kSeconds * kSamplesPerSecond; heard += stride_samples) {
    for (size_t i = 0; i < stride_samples; ++i) g_samples[i] = sound.Next();
    KeywordSpotter::Result result;
    begin = port::ClockTicks();
    EARSHOT_RETURN_IF_ERROR(spotter.Feed(Span<const int16_t>(g_samples, stride_samples), &result));
    const uint32_t ticks = port::ClockTicks() - begin;
    (result.scores.empty() ? stride : stride_with_inference).Add(ticks);
  }
  Report("stride", stride.value());
  Report("stride_with_inference", stride_with_inference.value());
  for (size_t i = 0; i < model.operator_count(0) && i < kMaxOperators; ++i) {
    JsonLine("bench")
        .Text("what", "operator")
        .Number("index", static_cast<int32_t>(i))
        .Number("ticks", static_cast<int32_t>(operators.ticks[i]))
        .Send();
  }
  return OkStatus();
}

}  // namespace
}  // namespace earshot

int main() {
  using namespace earshot;  // NOLINT(google-build-using-namespace): the only code in this file.
  port::StartConsole();
  port::StartClock();
  JsonLine("start")
      .Text("board", board::kName)
      .Number("ticks_per_second", static_cast<int32_t>(board::kClockHz))
      .Send();
  BenchFrontEnd();
  return BenchSpotter().ok() ? 0 : static_cast<int>(port::ExitCode::kNoModel);
}
