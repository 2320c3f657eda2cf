// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// KeywordModel: the model to listen with, as the command line says.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/models/feature_chain.h"
#include "earshot/models/feature_stage.h"
#include "earshot/models/spotter_model.h"

namespace earshot::host {

constexpr char kDefaultModel[] = "tiny_conv_yes_no";

// What takes the place of the manifest's recognizer settings; see RecognizerConfig.
struct RecognizerOverrides {
  std::optional<double> threshold;  // 1/256 to 1; the release threshold stays in proportion.
  // minimum_count becomes what the window can hold, where that is less.
  std::optional<int32_t> average_window_ms;
  std::optional<int32_t> suppression_ms;
};

// What the command line says about the model.
struct ModelChoice {
  // A .tflite file, its manifest, a packed slot, or a shipped model's name.
  std::string model = kDefaultModel;
  std::string manifest;             // Empty: the one beside the file; see FindModelFiles().
  std::vector<std::string> labels;  // Empty: the manifest's; see LabelsOf().
  // The labels that stand for the absence of keywords, or just "none". Empty: as the manifest says;
  // without one, and where it is silent, those that are known by their names (BackgroundByName()).
  std::vector<std::string> background;
  // As in SpotterConfig. Empty: the manifest's; where that has none and for models without one, 1,
  // or what a model that remembers needs.
  std::optional<int32_t> strides_per_inference;
  // The models that make its features. Empty: those of its manifest, or the front end.
  std::vector<FeatureStage> features;
  RecognizerOverrides recognizer;
  // A model of voice activity, as `model`: words are announced only while it hears one of its own.
  // Empty: the manifest's (earshot.vad), or none. Nothing else here is about it.
  std::string voice;
};

// Everything that the config points to lives as long as the KeywordModel; moving it is fine.
class KeywordModel {
 public:
  // Throws ModelError: no such model, damaged, or model and manifest do not fit together.
  // Throws UsageError: a model without a manifest, and no labels given, unless it is on a chain and
  // has one output, whose label is then the file's name; manifest, labels or features for one that
  // has them itself; labels or background that cannot be.
  explicit KeywordModel(const ModelChoice& choice);

  const std::string& name() const { return model_.origin; }
  const Model& model() const { return model_.model; }
  const std::vector<std::string>& labels() const { return model_.labels; }
  const SpotterConfig& config() const { return model_.config; }
  const ClipConfig& clip() const { return model_.clip; }
  // The models that make its features; null: the front end does, and config() has its tables.
  const ChainModels* chain() const { return chain_.get(); }
  // Whether its answers depend on more than it is given for each, as on a chain, too.
  bool remembers() const { return chain_ != nullptr || model().remembers(); }
  // What was given in place of the manifest's numbers; config() has it already.
  const RecognizerOverrides& overrides() const { return overrides_; }
  // The model of voice activity; null: none. It has none itself, whatever its manifest says.
  const KeywordModel* voice() const { return voice_.get(); }
  // For people, where nobody has said which labels are background, so that it follows from their
  // names: which these are. Empty: somebody has, or there is only one label.
  const std::string& background_note() const { return background_note_; }

 private:
  enum class Voice { kAsItSays, kNone };

  KeywordModel(const ModelChoice& choice, Voice voice);
  void UseLabels(const ModelChoice& choice);
  void UseChain();

  SpotterModel model_;  // With what the command line says in its place.
  std::unique_ptr<const ChainModels> chain_;
  RecognizerOverrides overrides_;
  std::string background_note_;
  std::shared_ptr<const KeywordModel> voice_;
};

// The memory in which `create` succeeds, exactly as much as it needs. Throws ModelError, with the
// model's name.
AlignedBytes EnoughMemory(const std::string& name,
                          const std::function<Status(Span<uint8_t>)>& create);

}  // namespace earshot::host
