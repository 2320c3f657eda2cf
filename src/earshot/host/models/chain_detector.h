// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ChainDetector: from the features of a FeatureChain to detected words; what KeywordDetector is for
// those of the front end. Several may hear one chain.
//
//   features -> the latest rows -> the model ("head") -> CommandRecognizer -> Detection
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/app/keyword_detector.h"
#include "earshot/app/spotter_config.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/host/models/feature_chain.h"
#include "earshot/runtime/model.h"

namespace earshot::host {

class ChainDetector {
 public:
  // A head takes float32, the latest rows of features, as many as its input holds, and gives one
  // score for each label: a probability in float32, or as earshot/app/score.h reads it. It is asked
  // every strides_per_inference lots of features; one that remembers takes each row once. Of
  // `config` no tables are read; its context is said. `name`: in errors. The model and the chain
  // outlive the detector. Throws ModelError: the head is not like that, or a setting does not fit
  // it.
  ChainDetector(const std::string& name, const Model& model, const SpotterConfig& config,
                const FeatureChain& chain);

  // Hears the next lot of features. What `*result` points to is valid until the next call.
  Status Hear(Span<const float> features, KeywordDetector::Result* result);

  // CommandRecognizer::CloseGate().
  void CloseGate(bool is_closed) { recognizer_.CloseGate(is_closed); }

  // As freshly created, what the model itself remembers included.
  void Reset();

 private:
  void CheckHead(const std::string& name, const Model& model, const SpotterConfig& config) const;
  void ReadAnswer();

  const FeatureChain& chain_;
  ModelRunner head_;
  RowWindow window_;
  AlignedBytes recognizer_memory_;
  CommandRecognizer recognizer_;
  std::vector<uint8_t> scores_;
  Detection detection_ = {};
  int32_t stride_ms_ = 0;
  int32_t strides_ = 0;  // From one answer to the next ...
  int32_t missing_ = 0;  // ... and to go until the next one.
  int64_t heard_ms_ = 0;
};

}  // namespace earshot::host
