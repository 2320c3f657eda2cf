// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/keyword_spotter.h"

#include "app/argument_checks.h"
#include "app/model_input.h"
#include "app/quantization_check.h"
#include "app/score.h"

namespace earshot {
namespace {

// Far beyond what words need; they keep all products of times and sizes within int32_t.
constexpr int32_t kMaxSampleRateHz = 192000;
constexpr int32_t kMaxChannels = 1024;
constexpr int32_t kMaxStrideMs = 1000;
constexpr int32_t kMaxFrames = 10000;

Status CheckFrontend(const SpotterConfig& config) {
  constexpr StatusSubject kSubject = StatusSubject::kFrontend;
  if (config.tables == nullptr) return InvalidNumber(kSubject, "no tables"_text, 0, 1);
  const int32_t sample_rate_hz = config.tables->sample_rate_hz;
  const RangeCheck checks[] = {
      {"tables: sample_rate_hz"_text, sample_rate_hz, 1, kMaxSampleRateHz},
      {"tables: channels"_text, config.tables->filterbank.channels, 1, kMaxChannels},
      {"stride_ms"_text, config.stride_ms, 1, kMaxStrideMs},
      {"context_ms"_text, config.context_ms, 0, KeywordSpotter::kMaxContextMs},
  };
  EARSHOT_RETURN_IF_ERROR(CheckRanges(kSubject, checks));
  const int32_t samples_by_1000 = sample_rate_hz * config.stride_ms;
  if (samples_by_1000 % 1000 == 0) return OkStatus();
  return InvalidNumber(kSubject, "stride_ms: thousandths of a sample beyond whole ones"_text,
                       samples_by_1000 % 1000, 0);
}

Status TooSmall(size_t found, uint64_t wanted) {
  return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena},
                   "memory for the whole spotter"_text, StatusUnit::kBytes,
                   static_cast<int64_t>(found), static_cast<int64_t>(wanted));
}

// What the model, as far as this configuration goes, must be; `*frames`: how many its window has.
Status CheckModel(const Model& model, const SpotterConfig& config, int* frames) {
  if (!model.loaded()) return InvalidNumber(StatusSubject::kModel, "not loaded"_text, 0, 1);
  const schema::SubGraph& graph = model.subgraph(0);
  const Span<const int32_t> inputs = Model::Indices(graph.inputs());
  const Span<const int32_t> outputs = Model::Indices(graph.outputs());
  if (inputs.size() != 1) {
    return UnsupportedNumber("inputs"_text, static_cast<int32_t>(inputs.size()), 1);
  }
  if (outputs.size() != 1) {
    return UnsupportedNumber("outputs"_text, static_cast<int32_t>(outputs.size()), 1);
  }
  EARSHOT_RETURN_IF_ERROR(CheckModelInput(model.tensor(0, static_cast<size_t>(inputs[0])),
                                          config.tables->filterbank.channels, frames));
  if (*frames > kMaxFrames) return UnsupportedNumber("input: frames"_text, *frames, kMaxFrames);
  EARSHOT_RETURN_IF_ERROR(
      CheckScores(model.tensor(0, static_cast<size_t>(outputs[0])), config.label_count));
  // A model that remembers is to be asked once for each frame: with fewer strides it would hear
  // some twice.
  const RangeCheck strides = {"strides_per_inference"_text, config.strides_per_inference,
                              model.remembers() ? *frames : 1, *frames};
  return CheckRanges(StatusSubject::kModel, {&strides, 1});
}

struct Part {
  size_t begin;
  size_t bytes;

  Span<uint8_t> In(Span<uint8_t> block) const { return block.subspan(begin, bytes); }
};

// One part after the other, each aligned for the strictest of them; the arena has the rest.
struct Layout {
  Layout(const SpotterConfig& config, size_t recognizer_bytes) {
    frontend = Add(Frontend::StateBytes(*config.tables));
    recognizer = Add(recognizer_bytes);
    scores = Add(static_cast<size_t>(config.label_count));
  }

  Part frontend;
  Part recognizer;
  Part scores;
  size_t arena_begin = 0;

 private:
  Part Add(size_t bytes) {
    const Part part{arena_begin, bytes};
    arena_begin += static_cast<size_t>(AlignUp(bytes, KeywordSpotter::kMemoryAlignment));
    return part;
  }
};

}  // namespace

Status KeywordSpotter::Create(const Model& model, const OperatorResolver& resolver,
                              const SpotterConfig& config, Span<uint8_t> memory,
                              KeywordSpotter* spotter) {
  *spotter = KeywordSpotter();
  const Status status = spotter->Initialize(model, resolver, config, memory);
  if (!status.ok()) *spotter = KeywordSpotter();
  return status;
}

Status KeywordSpotter::Initialize(const Model& model, const OperatorResolver& resolver,
                                  const SpotterConfig& config, Span<uint8_t> memory) {
  int frames = 0;
  EARSHOT_RETURN_IF_ERROR(CheckMemoryAlignment(StatusSubject::kArena, memory));
  EARSHOT_RETURN_IF_ERROR(CheckFrontend(config));
  EARSHOT_RETURN_IF_ERROR(CheckModel(model, config, &frames));
  const FrontendTables& tables = *config.tables;
  frame_ms_ = static_cast<int32_t>(tables.window.size() * 1000) / tables.sample_rate_hz;
  stride_ms_ = config.stride_ms;
  strides_per_inference_ = config.strides_per_inference;
  window_ms_ = frame_ms_ + (frames - 1) * stride_ms_;
  context_ms_ = config.context_ms != 0 ? config.context_ms : window_ms_;

  const RecognizerConfig& recognizer = config.recognizer;
  const int32_t labels = config.label_count;
  const int32_t period_ms = stride_ms_ * strides_per_inference_;
  const size_t recognizer_bytes = CommandRecognizer::RequiredBytes(recognizer, labels, period_ms);
  if (recognizer_bytes == 0) {  // Not a configuration: let Create() say why.
    return CommandRecognizer::Create(recognizer, labels, period_ms, context_ms_, {}, &recognizer_);
  }
  const Layout layout(config, recognizer_bytes);
  arena_offset_ = layout.arena_begin;
  EARSHOT_RETURN_IF_ERROR(
      AllocateInterpreter(model, resolver, Frontend::WorkingBytes(tables), memory));

  const int32_t stride_samples = tables.sample_rate_hz * stride_ms_ / 1000;
  EARSHOT_RETURN_IF_ERROR(Frontend::Create(tables, stride_samples, layout.frontend.In(memory),
                                           interpreter_.idle_memory(), &frontend_));
  window_ = FeatureWindow(interpreter_.input(0).as<int8_t>(), tables.filterbank.channels);
  EARSHOT_RETURN_IF_ERROR(CommandRecognizer::Create(recognizer, labels, period_ms, context_ms_,
                                                    layout.recognizer.In(memory), &recognizer_));
  scores_ = layout.scores.In(memory);
  ready_ = true;
  Reset();
  return OkStatus();
}

// Comes before the other parts: only the interpreter finds out how much it needs. With the block
// too small even for those, it gets an empty arena and says at least that.
//
// The input tensor is the feature window, so it is kept. Between two inferences the front end works
// in the memory of the other tensors.
Status KeywordSpotter::AllocateInterpreter(const Model& model, const OperatorResolver& resolver,
                                           size_t idle_bytes, Span<uint8_t> memory) {
  const bool has_arena = memory.size() > arena_offset_;
  interpreter_ =
      Interpreter(model, resolver, has_arena ? memory.subspan(arena_offset_) : Span<uint8_t>());
  AllocationOptions options;
  options.keep_inputs = true;
  options.idle_bytes = idle_bytes;
  const Status status = interpreter_.AllocateTensors(options);
  if (status.code == StatusCode::kArenaTooSmall) {
    return TooSmall(memory.size(), arena_offset_ + static_cast<uint64_t>(status.wanted));
  }
  EARSHOT_RETURN_IF_ERROR(status);
  return memory.size() < used_bytes() ? TooSmall(memory.size(), used_bytes()) : OkStatus();
}

Status KeywordSpotter::Feed(Span<const int16_t> samples, Result* result) {
  *result = Result();
  if (!ready_) {
    return MakeError(StatusCode::kFailedPrecondition, {StatusSubject::kNone},
                     "Create() has not succeeded"_text);
  }
  while (result->consumed < samples.size()) {
    const Frontend::Result frame = frontend_.Process(samples.subspan(result->consumed));
    result->consumed += frame.consumed;
    if (frame.features.empty()) continue;
    window_.Push(frame.features);
    heard_ms_ += stride_ms_;
    if (--strides_to_inference_ == 0) return Infer(result);
  }
  return OkStatus();
}

Status KeywordSpotter::Infer(Result* result) {
  strides_to_inference_ = strides_per_inference_;
  EARSHOT_RETURN_IF_ERROR(interpreter_.Invoke());
  ReadScores(interpreter_.output(0), scores_);
  EARSHOT_RETURN_IF_ERROR(
      recognizer_.Process(heard_ms_, scores_, &result->recognized, &detection_));
  result->scores = scores_;
  result->time_ms = heard_ms_;
  if (result->recognized.is_new) result->detection = &detection_;
  return OkStatus();
}

void KeywordSpotter::Reset() {
  if (!ready_) return;
  frontend_.Reset();
  window_.Reset();
  recognizer_.Reset();
  interpreter_.ResetVariables();
  strides_to_inference_ = strides_per_inference_;
  heard_ms_ = frame_ms_ - stride_ms_;
}

}  // namespace earshot
