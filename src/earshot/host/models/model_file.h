// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The models that the command line names, and interpreters in exactly the arena that they need.
#pragma once

#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/embedded_model.h"
#include "earshot/models/packed_block.h"
#include "earshot/models/spotter_model.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot::host {

// The shipped model that `choice` names; null: it is a file. Throws ModelError: it is neither.
const EmbeddedModel* ShippedChoice(const std::string& choice);

// Throws UsageError where `choice` has labels and settings of its own, so that there is nothing for
// --manifest and --labels to say: a shipped model, a packed slot. ModelError as ShippedChoice().
void CheckTakesManifest(const std::string& choice);

// A model with all that a spotter needs: a shipped model's name, a .tflite file with its manifest,
// a manifest, or a packed slot. `manifest`: as for LoadSpotterModel(). Throws as that and
// as CheckTakesManifest() do.
SpotterModel LoadChoice(const std::string& choice, const std::string& manifest,
                        const SpotterModelOptions& options);

// A file's bytes, 16-byte aligned: a .tflite file, the one that a manifest names, or a packed slot;
// or those of a shipped model. Throws ModelError where none can be read.
AlignedBytes ReadModelBytes(const std::string& choice);

// An interpreter, its arena and its packed weights. The model and the resolver's kernels stay with
// the caller.
struct ModelRunner {
  AlignedBytes arena;
  Interpreter interpreter;
  PackedBlock packed;
};

// Lays a model out in an arena of exactly the size that it needs. Returns AllocateTensors()'s
// answer; `runner` is usable when that is ok. Throws ModelError, with the model's name in front,
// where that is more than MaxMemory().
Status MakeRunner(const std::string& name, const Model& model, const OperatorResolver& resolver,
                  ModelRunner* runner);

}  // namespace earshot::host
