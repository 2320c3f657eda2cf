// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/chain_detector.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "earshot/app/score.h"
#include "earshot/app/units.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/runnable_model.h"

namespace earshot::host {
namespace {

// A probability as Q0.8, rounded; 1, which that cannot hold, is the next lower value, and what is
// no number is impossible.
uint8_t ScoreOfProbability(float probability) {
  const float score = std::round(probability * static_cast<float>(kQ8One));
  return score > 0 ? static_cast<uint8_t>(std::min(score, 255.0f)) : uint8_t{0};
}

}  // namespace

ChainDetector::ChainDetector(const std::string& name, const Model& model,
                             const SpotterConfig& config, const FeatureChain& chain)
    : chain_(chain),
      scores_(static_cast<size_t>(config.label_count)),
      stride_ms_(config.stride_ms),
      strides_(config.strides_per_inference) {
  ThrowUnlessOk(MakeRunner(name, model, AllKernelsResolver(), &head_), name);
  CheckHead(name, model, config);
  const int32_t width = chain.models().width();
  window_ = RowWindow(head_.interpreter.input(0).info.count() / width, width);
  const int32_t period_ms = stride_ms_ * strides_;
  recognizer_memory_ = AlignedBytes(
      CommandRecognizer::RequiredBytes(config.recognizer, config.label_count, period_ms));
  ThrowUnlessOk(
      CommandRecognizer::Create(config.recognizer, config.label_count, period_ms, config.context_ms,
                                recognizer_memory_.span(), &recognizer_),
      name);
  Reset();
}

void ChainDetector::CheckHead(const std::string& name, const Model& model,
                              const SpotterConfig& config) const {
  const Interpreter& head = head_.interpreter;
  if (head.input_count() != 1 || head.output_count() != 1) {
    throw ModelError(fmt::format("{}: found {} inputs and {} outputs, wanted one of each", name,
                                 head.input_count(), head.output_count()));
  }
  const TensorInfo input = head.input(0).info;
  const int32_t width = chain_.models().width();
  if (input.type != TensorType::FLOAT32 || input.count() % width != 0) {
    throw ModelError(fmt::format(
        "{}: input: found {} [{}], wanted float32 in rows of {}, as {} gives them", name,
        TypeName(input.type), fmt::join(input.shape.begin(), input.shape.end(), ","), width,
        chain_.models().stages().back().what.model));
  }
  const int32_t most = input.count() / width / chain_.models().rows();
  if (strides_ > most || (model.remembers() && strides_ != most)) {
    throw ModelError(fmt::format(
        "{}: strides_per_inference: found {}, wanted {}{}, with {} rows in its input and {} new "
        "ones at a time",
        name, strides_, model.remembers() ? "" : "at most ", most, input.count() / width,
        chain_.models().rows()));
  }
  const TensorInfo output = head.output(0).info;
  if (output.type != TensorType::FLOAT32) {
    ThrowUnlessOk(CheckScores(output, config.label_count), name);
  } else if (output.count() != config.label_count) {
    throw ModelError(fmt::format("{}: output: found {} numbers, wanted one for each of {} labels",
                                 name, output.count(), config.label_count));
  }
}

void ChainDetector::ReadAnswer() {
  const TensorView output = head_.interpreter.output(0);
  if (output.info.type != TensorType::FLOAT32) {
    ReadScores(output, scores_);
    return;
  }
  const Span<float> probabilities = output.as<float>();
  std::transform(probabilities.begin(), probabilities.end(), scores_.begin(), ScoreOfProbability);
}

Status ChainDetector::Hear(Span<const float> features, KeywordDetector::Result* result) {
  *result = KeywordDetector::Result();
  window_.Push(features);
  heard_ms_ += stride_ms_;
  if (--missing_ > 0) return OkStatus();
  missing_ = strides_;
  const Span<const float> rows = window_.values();
  std::copy(rows.begin(), rows.end(), head_.interpreter.input(0).as<float>().begin());
  EARSHOT_RETURN_IF_ERROR(head_.interpreter.Invoke());
  if (!head_.interpreter.has_new_outputs()) return OkStatus();
  ReadAnswer();
  result->scores = scores_;
  result->time_ms = heard_ms_;
  EARSHOT_RETURN_IF_ERROR(
      recognizer_.Process(heard_ms_, result->scores, &result->recognized, &detection_));
  if (result->recognized.is_new()) result->detection = &detection_;
  return OkStatus();
}

void ChainDetector::Reset() {
  window_.FillWith(chain_.silence());
  recognizer_.Reset();
  head_.interpreter.ResetVariables();
  missing_ = strides_;
  heard_ms_ = 0;
}

}  // namespace earshot::host
