// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Manifest: what a model file does not say itself: its labels, the front end that it was trained on
// and when an average score counts as a word.
//
// The format is microWakeWord's manifest, version 2 or 1, with one more object "earshot";
// models/README.md lists every key with its range and default. For hosts only: it allocates and
// throws.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/spotter_config.h"
#include "earshot/base/span.h"
#include "earshot/frontend/frontend_config.h"
#include "earshot/models/clip_config.h"
#include "earshot/models/feature_stage.h"
#include "earshot/models/model_error.h"

namespace earshot {

// What every function here throws: which file, which key in it ("earshot.recognizer.threshold";
// empty: the file as a whole), what is there and what should be. what() is all of that in one line.
class ManifestError : public ModelFileError {
 public:
  ManifestError(const std::string& file, const std::string& key, const std::string& found,
                const std::string& wanted);

  const std::string& file() const { return file_; }
  const std::string& key() const { return key_; }
  const std::string& found() const { return found_; }
  const std::string& wanted() const { return wanted_; }

 private:
  std::string file_;
  std::string key_;
  std::string found_;
  std::string wanted_;
};

struct Manifest {
  std::string wake_word;
  std::string author;
  std::string model;  // Of the model file, as it is written: see FindModelFiles().
  std::vector<std::string> trained_languages;
  int32_t version = 2;

  // microWakeWord's own settings, as they stand in the file.
  struct Micro {
    double probability_cutoff = 0;    // 0 to 1.
    int32_t sliding_window_size = 1;  // In results.
    int32_t feature_step_size = 0;    // In ms.
    int32_t tensor_arena_size = 0;    // In bytes; 0: not said. Earshot measures instead.
  } micro;

  // In the order of the model's outputs, without blanks around them; each once (WrongWithLabels()).
  std::vector<std::string> labels;
  FrontendConfig frontend;
  // The models that make the features in place of the front end, of which then only the stride
  // counts: that of the last one's answers. Their paths are as they are written, from the
  // manifest's folder. Empty: the front end makes them.
  std::vector<FeatureStage> features;
  // A model of voice activity: words are announced only while it hears one of its own. Its path as
  // it is written, from the manifest's folder. Empty: there is none.
  std::string voice_model;
  // Without tables and label_count. context_ms is 0 where it is not said.
  SpotterConfig spotter;
  bool says_strides_per_inference = false;
  ClipConfig clip;
  bool says_background_labels = false;  // Otherwise they are known by their names.
  // The manifest says neither over which time scores are averaged nor how many it takes, so it is
  // micro.sliding_window_size results, however far apart those are: see RecognizerAt().
  // spotter.recognizer itself is right for an inference every spotter.strides_per_inference.
  bool averages_results = false;
  std::string sha256;  // Of the model file, 64 hexadecimal digits; empty: not said.
};

// Reads a manifest. `origin` names it in errors. Throws ManifestError: not JSON; a required key is
// missing; wrong type; out of range; keys that contradict each other; a key inside "earshot" that
// does not exist, so that a typo never becomes a silent default. Other keys outside "earshot" are
// left to those who put them there.
Manifest ParseManifest(const std::string& text, const std::string& origin);

// What a manifest's file holds. Throws ManifestError where it cannot be read.
std::string ReadManifestText(const std::string& path);

// The same from a file. Throws ManifestError also where it cannot be read.
Manifest LoadManifest(const std::string& path);

// Throws ManifestError (key "earshot.sha256") unless `sha256` is empty or the SHA-256 of `bytes`.
void CheckModelHash(Span<const uint8_t> bytes, const std::string& sha256,
                    const std::string& origin = "manifest");

// Whether it is the standard front end (FrontendConfig's defaults), whose tables are
// kStandardTables.
bool IsStandardFrontend(const FrontendConfig& config);

// Throws ManifestError for the first key in which the manifest's front end differs from the
// standard one; not for the log mel front end, which images can have as well.
void CheckStandardFrontend(const Manifest& manifest, const std::string& origin = "manifest");

// Throws ManifestError where other models make the features: images and slots have the front end.
void CheckNoStages(const Manifest& manifest, const std::string& origin = "manifest");

// Throws ManifestError where a model of voice activity is named: images and slots hold one model.
void CheckNoVoiceModel(const Manifest& manifest, const std::string& origin = "manifest");

// The recognizer for results that come every `period_ms`.
RecognizerConfig RecognizerAt(int32_t period_ms, const Manifest& manifest);

// How to set up a KeywordSpotter as the manifest says. `tables` are those of manifest.frontend and
// stay with the caller, who keeps them while the spotter is used. `strides_per_inference` takes the
// place of the manifest's own.
SpotterConfig MakeSpotterConfig(const Manifest& manifest, const FrontendTables& tables,
                                std::optional<int32_t> strides_per_inference = {});

}  // namespace earshot
