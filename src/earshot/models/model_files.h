// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where a model and its manifest lie, and whether they belong together. For hosts only.
#pragma once

#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/models/manifest.h"

namespace earshot {

struct ModelFiles {
  std::string model;     // The .tflite file, or the packed slot.
  std::string manifest;  // Empty: there is none.
  bool is_slot = false;  // Which holds all that a manifest says.
};

// Whether a path that is given for a model is that of its manifest: by its ending, .json, or
// because it begins as JSON does.
bool IsManifestFile(const std::string& path);

// Whether bytes, or a file, begin as packed slots do (earshot/models/slot/model_slot.h), whole or
// damaged.
bool LooksLikeModelSlot(Span<const uint8_t> bytes);
bool IsSlotFile(const std::string& path);

// The files of a model. `model`: a .tflite file, a manifest, which names the file beside it, or a
// packed slot. `manifest`: the manifest of a .tflite file; empty: NAME.json beside NAME.tflite, or
// else manifest.json beside it, or else none.
//
// Throws ModelFileError: two manifests, or one for a slot; ManifestError: `model` is a manifest
// that cannot be read, or the file that it names is not there or is a slot. Otherwise the files
// need not exist.
ModelFiles FindModelFiles(const std::string& model, const std::string& manifest = "");

// "PATH: no manifest beside the model (NAME.json or manifest.json)".
std::string NoManifestText(const std::string& model);

// A whole file, aligned for Model::Load(). Throws ModelFileError: it cannot be read, or seems to be
// something else (WhatItSeems()).
AlignedBytes ReadModelFile(const std::string& path);

// The manifest of a model. Throws ManifestError as LoadManifest() does, and where it belongs to
// another model: by its SHA-256, or, where it has none, because it names another file.
// Precondition: there is a manifest. `bytes`: of files.model.
Manifest LoadManifestOf(const ModelFiles& files, Span<const uint8_t> bytes);

}  // namespace earshot
