// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_detector.h"

#include "earshot/app/argument_checks.h"
#include "earshot/app/log_mel_quantization.h"
#include "earshot/app/model_input.h"
#include "earshot/app/quantization_check.h"
#include "earshot/app/score.h"

namespace earshot {
namespace {

// Far beyond what words need, like the limits of CheckFrontend().
constexpr int32_t kMaxFrames = 10000;

Status TooSmall(size_t found, uint64_t wanted) {
  return MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena},
                   "memory for the whole spotter"_text, StatusUnit::kBytes,
                   static_cast<int64_t>(found), static_cast<int64_t>(wanted));
}

// CheckModelInput() or CheckLogMelInput(). A template's argument, so that an image links only the
// one that it uses.
using InputCheck = Status (*)(const TensorInfo& input, int channels, int* frames);

// What the model, as far as this configuration goes, must be; `*frames`: how many its input takes.
template <InputCheck kCheckInput>
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
  EARSHOT_RETURN_IF_ERROR(kCheckInput(model.tensor(0, static_cast<size_t>(inputs[0])),
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
  Layout(size_t recognizer_bytes, int32_t labels) {
    recognizer = Add(recognizer_bytes);
    scores = Add(static_cast<size_t>(labels));
  }

  Part recognizer;
  Part scores;
  size_t arena_begin = 0;

 private:
  Part Add(size_t bytes) {
    const Part part{arena_begin, bytes};
    arena_begin += static_cast<size_t>(AlignUp(bytes, KeywordDetector::kMemoryAlignment));
    return part;
  }
};

// The input tensor is the feature buffer, so it keeps its contents. Between two inferences the
// memory of the other tensors is idle.
AllocationOptions InterpreterOptions(const SpotterConfig& config, size_t idle_bytes) {
  AllocationOptions options;
  options.keep_inputs = true;
  options.idle_bytes = idle_bytes;
  options.plan = config.plan;
  return options;
}

}  // namespace

Status KeywordDetector::Create(const Model& model, const OperatorResolver& resolver,
                               const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                               KeywordDetector* detector) {
  detector->ready_ = false;  // Unless all succeeds.
  return detector->Initialize<&CheckModelInput>(model, resolver, config, idle_bytes, memory);
}

Status KeywordDetector::CreateLogMel(const Model& model, const OperatorResolver& resolver,
                                     const SpotterConfig& config, size_t idle_bytes,
                                     Span<uint8_t> memory, KeywordDetector* detector) {
  detector->ready_ = false;
  return detector->Initialize<&CheckLogMelInput>(model, resolver, config, idle_bytes, memory);
}

template <Status (*kCheckInput)(const TensorInfo& input, int channels, int* frames)>
Status KeywordDetector::Initialize(const Model& model, const OperatorResolver& resolver,
                                   const SpotterConfig& config, size_t idle_bytes,
                                   Span<uint8_t> memory) {
  size_t recognizer_bytes = 0;
  EARSHOT_RETURN_IF_ERROR(CheckMemoryAlignment(StatusSubject::kArena, memory));
  EARSHOT_RETURN_IF_ERROR(Configure<kCheckInput>(model, config, &recognizer_bytes));
  const Layout layout(recognizer_bytes, config.label_count);
  arena_offset_ = layout.arena_begin;
  EARSHOT_RETURN_IF_ERROR(
      AllocateInterpreter(model, resolver, InterpreterOptions(config, idle_bytes), memory));
  return Begin(config, layout.recognizer.In(memory), layout.scores.In(memory));
}

Status KeywordDetector::Create(const Model& model, const OperatorResolver& resolver,
                               const SpotterConfig& config, size_t idle_bytes, SharedArena* arena,
                               KeywordDetector* detector) {
  detector->ready_ = false;
  size_t recognizer_bytes = 0;
  EARSHOT_RETURN_IF_ERROR(detector->Configure<&CheckModelInput>(model, config, &recognizer_bytes));
  const Layout layout(recognizer_bytes, config.label_count);
  detector->arena_offset_ = layout.arena_begin;
  EARSHOT_RETURN_IF_ERROR(arena->Allocate(model, resolver, InterpreterOptions(config, idle_bytes),
                                          &detector->interpreter_));
  Span<uint8_t> memory;
  EARSHOT_RETURN_IF_ERROR(arena->Take(layout.arena_begin, &memory));
  return detector->Begin(config, layout.recognizer.In(memory), layout.scores.In(memory));
}

// All but memory. `*recognizer_bytes`: CommandRecognizer::RequiredBytes().
template <Status (*kCheckInput)(const TensorInfo& input, int channels, int* frames)>
Status KeywordDetector::Configure(const Model& model, const SpotterConfig& config,
                                  size_t* recognizer_bytes) {
  int frames = 0;
  EARSHOT_RETURN_IF_ERROR(CheckFrontend(config));
  EARSHOT_RETURN_IF_ERROR(CheckModel<kCheckInput>(model, config, &frames));
  const FrontendTables& tables = *config.tables;
  frame_ms_ = static_cast<int32_t>(tables.window.size() * 1000) / tables.sample_rate_hz;
  stride_ms_ = config.stride_ms;
  input_ms_ = frame_ms_ + (frames - 1) * stride_ms_;
  context_ms_ = config.context_ms != 0 ? config.context_ms : input_ms_;

  const RecognizerConfig& recognizer = config.recognizer;
  const int32_t labels = config.label_count;
  const int32_t period_ms = stride_ms_ * config.strides_per_inference;
  *recognizer_bytes = CommandRecognizer::RequiredBytes(recognizer, labels, period_ms);
  if (*recognizer_bytes != 0) return OkStatus();
  // Not a configuration: let Create() say why.
  return CommandRecognizer::Create(recognizer, labels, period_ms, context_ms_, {}, &recognizer_);
}

Status KeywordDetector::Begin(const SpotterConfig& config, Span<uint8_t> recognizer,
                              Span<uint8_t> scores) {
  features_ = FeatureBuffer(interpreter_.input(0).as<int8_t>(), config.tables->filterbank.channels,
                            config.strides_per_inference);
  EARSHOT_RETURN_IF_ERROR(CommandRecognizer::Create(config.recognizer, config.label_count,
                                                    stride_ms_ * config.strides_per_inference,
                                                    context_ms_, recognizer, &recognizer_));
  scores_ = scores;
  ready_ = true;
  Reset();
  return OkStatus();
}

// The interpreter is set up before the recognizer: only it can find out how much memory it needs,
// and the error is to tell what the whole block needs. Where the block does not even hold what lies
// before the arena, the interpreter gets an empty one, and the error tells a lower bound.
Status KeywordDetector::AllocateInterpreter(const Model& model, const OperatorResolver& resolver,
                                            const AllocationOptions& options,
                                            Span<uint8_t> memory) {
  const bool has_arena = memory.size() > arena_offset_;
  interpreter_ =
      Interpreter(model, resolver, has_arena ? memory.subspan(arena_offset_) : Span<uint8_t>());
  const Status status = interpreter_.AllocateTensors(options);
  if (status.code == StatusCode::kArenaTooSmall) {
    return TooSmall(memory.size(), arena_offset_ + static_cast<uint64_t>(status.wanted));
  }
  EARSHOT_RETURN_IF_ERROR(status);
  return memory.size() < used_bytes() ? TooSmall(memory.size(), used_bytes()) : OkStatus();
}

// Whether there may be a frame of so many features; `*result` becomes empty.
Status KeywordDetector::CheckFrame(size_t features, Result* result) const {
  *result = Result();
  if (!ready_) return NotCreated(StatusSubject::kNone);
  const auto count = static_cast<int32_t>(features);
  if (count == features_.channels()) return OkStatus();
  return InvalidNumber(StatusSubject::kFrontend, "features of a frame"_text, count,
                       features_.channels());
}

Status KeywordDetector::Hear(Span<const uint16_t> features, Result* result) {
  EARSHOT_RETURN_IF_ERROR(CheckFrame(features.size(), result));
  return Push(features) ? Infer(result) : OkStatus();
}

Status KeywordDetector::HearLogMel(Span<const uint16_t> features, Result* result) {
  EARSHOT_RETURN_IF_ERROR(CheckFrame(features.size(), result));
  return PushLogMel(features) ? Infer(result) : OkStatus();
}

bool KeywordDetector::Push(Span<const uint16_t> features) {
  heard_ms_ += stride_ms_;
  return features_.Push(features);
}

bool KeywordDetector::PushLogMel(Span<const uint16_t> features) {
  heard_ms_ += stride_ms_;
  return features_.PushAs(features, LogMelQuantizer(interpreter_.input(0).info.scale()));
}

Status KeywordDetector::Infer(Result* result) {
  EARSHOT_RETURN_IF_ERROR(interpreter_.Invoke());
  if (!interpreter_.has_new_outputs()) return OkStatus();
  ReadScores(interpreter_.output(0), scores_);
  EARSHOT_RETURN_IF_ERROR(
      recognizer_.Process(heard_ms_, scores_, &result->recognized, &detection_));
  result->scores = scores_;
  result->time_ms = heard_ms_;
  if (result->recognized.is_new()) result->detection = &detection_;
  return OkStatus();
}

void KeywordDetector::Reset() {
  if (!ready_) return;
  features_.Reset();
  recognizer_.Reset();
  interpreter_.ResetVariables();
  heard_ms_ = frame_ms_ - stride_ms_;
}

}  // namespace earshot
