// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/feature_chain.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/model_files.h"
#include "earshot/models/resized_model.h"
#include "earshot/models/runnable_model.h"

namespace earshot::host {
namespace {

TensorShape ShapeOf(const TensorInfo& tensor) { return {tensor.shape.begin(), tensor.shape.end()}; }

// The only input or output of a model.
TensorInfo OnlyTensor(const std::string& name, const Model& model, const char* what,
                      const flatbuffers::Vector<int32_t>* indices) {
  const Span<const int32_t> tensors = Model::Indices(indices);
  if (tensors.size() != 1) {
    throw ModelError(fmt::format("{}: {}s: found {}, wanted 1", name, what, tensors.size()));
  }
  const TensorInfo tensor = model.tensor(0, static_cast<size_t>(tensors[0]));
  if (tensor.type == TensorType::FLOAT32) return tensor;
  throw ModelError(
      fmt::format("{}: {}: found {}, wanted float32", name, what, TypeName(tensor.type)));
}

// The shape that an input has with `rows` rows of `width` numbers in it: what the file says, or
// that with another number of rows. Empty: it cannot have one.
TensorShape ShapeForRows(const TensorInfo& input, int32_t rows, int32_t width) {
  TensorShape shape = ShapeOf(input);
  const int64_t wanted = int64_t{rows} * width;
  if (input.count() == wanted) return shape;
  // The innermost extents are those of a row ...
  size_t axis = shape.size();
  int64_t count = 1;
  while (axis > 0 && count < width) count *= shape[--axis];
  // ... and where a row is one number, further ones of 1 tell nothing, if there is another.
  if (width == 1 && input.count() > 1) {
    while (axis > 0 && shape[axis - 1] == 1) --axis;
  }
  if (axis == 0 || count != width) return {};
  shape[axis - 1] = rows;
  const auto others = shape.begin() + static_cast<ptrdiff_t>(axis - 1);
  return std::all_of(shape.begin(), others, [](int32_t extent) { return extent == 1; })
             ? shape
             : TensorShape();
}

// Loads `file`. Throws ModelError.
Model LoadStageModel(const std::string& name, const AlignedBytes& file) {
  Model model;
  const std::string error = LoadRunnable(file.span(), DeviceKernelsResolver(), &model);
  if (!error.empty()) throw ModelError(name + ": " + error);
  return model;
}

// The innermost extent that is not 1.
int32_t RowWidth(const TensorInfo& output) {
  int32_t width = 1;
  for (const int32_t extent : output.shape) {
    if (extent != 1) width = extent;
  }
  return width;
}

bool SameBytes(const AlignedBytes& a, const AlignedBytes& b) {
  return a.size() == b.size() && std::equal(a.span().begin(), a.span().end(), b.span().begin());
}

}  // namespace

ChainModels::ChainModels(const std::vector<FeatureStage>& stages) {
  constexpr int64_t kMostStrideMs = kSettingRanges.stride_ms.highest;
  constexpr int64_t kMostContextMs = kSettingRanges.context_ms.highest;
  int64_t period = 1;  // Samples, from one lot of rows to the next.
  int32_t rows = 1;    // In a lot.
  for (const FeatureStage& what : stages) {
    const std::string& name = what.model;
    if (what.frame < 1 || what.hop < 1 || what.hop % rows != 0) {
      throw ModelError(fmt::format(
          "{}: stage {}: found a frame of {} and a hop of {} rows, wanted 1 or more of each, and "
          "hops of whole lots of {}, as the stage before gives them",
          name, stages_.size(), what.frame, what.hop, rows));
    }
    period *= what.hop / rows;
    if (period > kMostStrideMs * kSamplesPerMs) {
      throw ModelError(
          fmt::format("{}: stage {}: found {} samples or more from one time to the "
                      "next, wanted at most {}",
                      name, stages_.size(), period, kMostStrideMs * kSamplesPerMs));
    }
    stages_.push_back(LoadStage(what, stages_.empty() ? 1 : width()));
    period_samples_.push_back(period);
    rows = stages_.back().out_rows;
  }
  const std::string& last = stages_.back().what.model;
  if (period % kSamplesPerMs != 0) {
    throw ModelError(
        fmt::format("{}: found {} samples from one time that it gives features to the "
                    "next, wanted whole milliseconds, a multiple of {}",
                    last, period, kSamplesPerMs));
  }
  stride_ms_ = static_cast<int32_t>(period / kSamplesPerMs);
  if (ContextMs(rows) >= kMostContextMs) {
    throw ModelError(fmt::format("{}: found features that reach back {} ms or more, wanted less",
                                 last, kMostContextMs));
  }
}

ChainModels::Stage ChainModels::LoadStage(const FeatureStage& what, int32_t in_width) const {
  const std::string name = fmt::format("{}: stage {}", what.model, stages_.size());
  Stage stage;
  stage.what = what;
  stage.in_width = in_width;
  stage.file = ReadModelFile(what.model);
  stage.model = LoadStageModel(name, stage.file);
  const schema::SubGraph* graph = &stage.model.subgraph(0);
  const TensorInfo input = OnlyTensor(name, stage.model, "input", graph->inputs());
  const TensorShape shape = ShapeForRows(input, what.frame, in_width);
  if (shape.empty()) {
    throw ModelError(fmt::format("{}: input: found [{}], wanted {} rows of {}", name,
                                 fmt::join(ShapeOf(input), ","), what.frame, in_width));
  }
  if (shape != ShapeOf(input)) {
    stage.file = WithInputShape(name, stage.model, shape);
    stage.model = LoadStageModel(name, stage.file);
    graph = &stage.model.subgraph(0);
  }
  const TensorInfo output = OnlyTensor(name, stage.model, "output", graph->outputs());
  if (output.count() == 0) throw ModelError(name + ": output: found no numbers, wanted some");
  stage.out_width = RowWidth(output);
  stage.out_rows = output.count() / stage.out_width;
  return stage;
}

// Each stage adds, behind the lot that came last, the lots that are older in its frame.
int32_t ChainModels::ContextMs(int64_t rows) const {
  int64_t samples = stages_[0].what.frame;
  for (size_t i = 0; i < stages_.size(); ++i) {
    const int64_t frame = i + 1 < stages_.size() ? stages_[i + 1].what.frame : rows;
    const int64_t lots = (frame + stages_[i].out_rows - 1) / stages_[i].out_rows;
    samples += (lots - 1) * period_samples_[i];
  }
  constexpr int64_t kMost = kSettingRanges.context_ms.highest;
  return static_cast<int32_t>(std::min((samples + kSamplesPerMs - 1) / kSamplesPerMs, kMost));
}

bool ChainModels::operator==(const ChainModels& other) const {
  return std::equal(stages_.begin(), stages_.end(), other.stages_.begin(), other.stages_.end(),
                    [](const Stage& a, const Stage& b) {
                      return a.what.frame == b.what.frame && a.what.hop == b.what.hop &&
                             a.what.scale == b.what.scale && a.what.offset == b.what.offset &&
                             SameBytes(a.file, b.file);
                    });
}

void RowWindow::Push(Span<const float> rows) {
  const size_t kept = values_.size() - std::min(rows.size(), values_.size());
  const Span<const float> newest = rows.subspan(rows.size() - (values_.size() - kept));
  std::copy(values_.end() - static_cast<ptrdiff_t>(kept), values_.end(), values_.begin());
  std::copy(newest.begin(), newest.end(), values_.begin() + static_cast<ptrdiff_t>(kept));
}

void RowWindow::FillWith(Span<const float> rows) {
  const size_t count = values_.size();
  for (size_t i = 0; i < count; ++i) {
    values_[count - 1 - i] = rows[rows.size() - 1 - i % rows.size()];
  }
}

FeatureChain::FeatureChain(const ChainModels& models) : models_(models) {
  silence_ = {0.0f};
  stages_.resize(models_.stages().size());
  for (size_t i = 0; i < stages_.size(); ++i) {
    const ChainModels::Stage& model = models_.stages()[i];
    Stage& stage = stages_[i];
    ThrowUnlessOk(MakeRunner(model.what.model, model.model, AllKernelsResolver(), &stage.runner),
                  model.what.model);
    stage.window = RowWindow(model.what.frame, model.in_width);
    stage.window.FillWith(silence());
    stage.start = stage.window;
    Run(i);
    silence_ = stage.given;
  }
  Reset();
}

void FeatureChain::Run(size_t stage) {
  const FeatureStage& what = models_.stages()[stage].what;
  Stage& running = stages_[stage];
  Interpreter& interpreter = running.runner.interpreter;
  const Span<const float> rows = running.window.values();
  std::copy(rows.begin(), rows.end(), interpreter.input(0).as<float>().begin());
  ThrowUnlessOk(interpreter.Invoke(), what.model);
  if (!interpreter.has_new_outputs()) {
    throw ModelError(what.model + ": found no answer for a frame, wanted one each time it runs");
  }
  running.given.clear();
  for (const float value : interpreter.output(0).as<float>()) {
    running.given.push_back(value * what.scale + what.offset);
  }
}

// Gives rows to a stage, no more than it misses, and what it makes of them to the next one. Whether
// there are new features.
bool FeatureChain::Push(size_t stage, Span<const float> rows) {
  Stage& hearing = stages_[stage];
  const ChainModels::Stage& model = models_.stages()[stage];
  hearing.window.Push(rows);
  hearing.missing -= static_cast<int32_t>(rows.size()) / model.in_width;
  if (hearing.missing > 0) return false;
  hearing.missing = model.what.hop;
  Run(stage);
  if (stage + 1 == stages_.size()) return true;
  return Push(stage + 1, hearing.given);
}

FeatureChain::Result FeatureChain::Process(Span<const int16_t> samples) {
  Result result;
  while (result.consumed < samples.size() && result.features.empty()) {
    const size_t count =
        std::min(static_cast<size_t>(stages_[0].missing), samples.size() - result.consumed);
    const Span<const int16_t> taken = samples.subspan(result.consumed, count);
    samples_.assign(taken.begin(), taken.end());
    result.consumed += count;
    if (Push(0, samples_)) result.features = stages_.back().given;
  }
  return result;
}

void FeatureChain::Reset() {
  for (size_t i = 0; i < stages_.size(); ++i) {
    stages_[i].window = stages_[i].start;
    stages_[i].missing = models_.stages()[i].what.hop;
    stages_[i].runner.interpreter.ResetVariables();
  }
}

}  // namespace earshot::host
