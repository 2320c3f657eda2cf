// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How a model is set up: its manifest, and what follows from the model itself where the manifest is
// silent. For hosts only: it throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "earshot/app/spotter_config.h"
#include "earshot/frontend/frontend_tables.h"
#include "earshot/models/manifest.h"
#include "earshot/runtime/model.h"

namespace earshot {

// SpotterConfig::strides_per_inference where nobody has said it: a model that remembers
// (Model::remembers()) wants all frames of its input to be new; any other can be asked at every
// stride, 1. `channels`: features of a frame, at least 1. Precondition: the model is loaded.
int32_t UsualStrides(const Model& model, int32_t channels);

// Elements of the model's first output, which are its scores; 0: it has none.
int32_t OutputCount(const Model& model);

// Whether the model has one input, of float32: no front end's features, but maybe those of other
// models. Precondition: the model is loaded.
bool TakesOtherFeatures(const Model& model);

// Whether the model's only score is all of a softmax, which is 1 whatever is heard. Precondition:
// the model is loaded.
bool IsAlwaysCertain(const Model& model);

// SpotterConfig::context_ms where nobody has said it: of a model that remembers, what its graph
// says (ReceptiveFieldMs()), and where it says nothing, the input and the recognizer's average
// behind it; of any other 0, the length of the input. `config` has everything else. Precondition:
// the model is loaded.
int32_t UsualContextMs(const Model& model, const SpotterConfig& config);

// Makes minimum_count what the averaging window can hold of results that come every `period_ms`,
// where that is less.
void LimitMinimumCount(int32_t period_ms, RecognizerConfig* config);

// How far back in the audio an answer reaches: config.context_ms, or the length of the model's
// input. Precondition: the model is loaded.
int32_t ContextMs(const Model& model, const SpotterConfig& config);

// How to set up a KeywordSpotter for a model as its manifest says. `tables` are those of
// manifest.frontend and stay with the caller, who keeps them while the spotter is used.
// `strides_per_inference` takes the place of the manifest's own; without either it is
// UsualStrides(). Without a context_ms in the manifest it is UsualContextMs().
//
// Throws ManifestError for a setting that this model cannot honour: another number of labels than
// of outputs, a context_ms longer than the input of a model that does not remember, a
// clip_average_ms shorter than from one answer to the next. `origin` names the manifest in errors.
// What KeywordSpotter::Create() refuses is left to it.
SpotterConfig MakeModelConfig(const Model& model, const Manifest& manifest,
                              const FrontendTables& tables,
                              std::optional<int32_t> strides_per_inference = {},
                              const std::string& origin = "manifest");

// The same for a model whose features other models make: without tables, and with a context_ms of 0
// where the manifest has none, since these models are not known here.
SpotterConfig MakeChainConfig(const Model& model, const Manifest& manifest,
                              std::optional<int32_t> strides_per_inference = {},
                              const std::string& origin = "manifest");

}  // namespace earshot
