// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpotterModel: a model with all that a spotter needs, wherever it comes from: a .tflite file with
// its manifest, a packed slot, or a constant. For hosts only: it allocates and throws.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/spotter_config.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/design/design_frontend.h"
#include "earshot/models/clip_config.h"
#include "earshot/models/embedded_model.h"
#include "earshot/models/feature_stage.h"
#include "earshot/models/model_error.h"
#include "earshot/models/model_files.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/runtime/model.h"

namespace earshot {

// What its members point to lives as long as it does; moving it is fine.
struct SpotterModel {
  std::string origin;  // What errors call it: the path that was given, or the constant's name.
  std::string name;    // The manifest's wake word, or the slot's or the constant's name.
  AlignedBytes file;   // Empty for a constant, which stays where it is.
  Model model;         // Loaded. Its bytes() are the .tflite file, also that in a slot.
  std::vector<std::string> labels;         // In the order of the model's outputs.
  std::unique_ptr<DesignedTables> tables;  // Null: those of config are constants.
  SpotterConfig config;                    // Complete: AnySpotter::Create() can have it.
  // The models that make its features, to be found from where the program runs. Empty: the front
  // end makes them. Otherwise AnySpotter cannot have the model: its `config` has no tables, and
  // a stride and a context of 0 where nobody has said them.
  std::vector<FeatureStage> features;
  // The file of a model of voice activity, to be found from where the program runs; what loads it
  // gates the words (host/models/spotter.h). Empty: there is none.
  std::string voice_model;
  ClipConfig clip;                     // A slot has none: the defaults.
  bool says_background_labels = true;  // Otherwise they are known by their names.
};

// What takes the place of what the model says, and what is wanted of it.
struct SpotterModelOptions {
  std::optional<int32_t> strides_per_inference;
  // Refuse front ends that images and slots cannot have, which are all but the standard one and the
  // log mel one: `tables` is null then.
  bool standard_frontend = false;
  std::vector<FeatureStage> features;  // In place of the manifest's. Empty: as it says.
};

// Loads a model from its files. `path`: a .tflite file, its manifest, or a packed slot. `manifest`:
// that of a .tflite file; empty: the one beside it (FindModelFiles()).
//
// Throws ModelFileError: a file cannot be read or is something else, there is no manifest, or it
// belongs to another model (ManifestError). ModelError: the model or the slot is damaged, or there
// is no kernel for an operator. What AnySpotter::Create() refuses is left to it.
SpotterModel LoadSpotterModel(const std::string& path, const std::string& manifest = "",
                              const SpotterModelOptions& options = {});

// A model that is part of the program. The constant is not copied.
SpotterModel LoadSpotterModel(const EmbeddedModel& embedded,
                              const SpotterModelOptions& options = {});

// A .tflite file of which no manifest says anything: on the standard front end, with the defaults
// of SpotterConfig and of the model, without labels; with options.features as openWakeWord hears
// its models: each answer for itself, above 0.5. Whoever knows these sets `labels`,
// config.label_count and the background labels. Throws as LoadSpotterModel() does.
SpotterModel LoadUnlabelledModel(const std::string& path, const SpotterModelOptions& options = {});

// The .tflite file in what ReadModelFile() has read, for others than spotters: all of it or, of a
// packed slot, what is in it; only then `*slot` is opened. Returns OpenAnySlot()'s answer.
Status FindModelBytes(Span<const uint8_t> file, ModelSlot* slot, Span<const uint8_t>* model);

}  // namespace earshot
