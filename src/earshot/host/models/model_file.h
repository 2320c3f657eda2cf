// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Model files in memory, and interpreters in exactly the arena that they need.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/embedded_model.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot::host {

// The shipped model of this name; null: there is none.
const EmbeddedModel* FindShippedModel(const std::string& name);

// Does what throws earshot::ModelError, of which this makes the program's own, with `name` in
// front.
void WithName(const std::string& name, const std::function<void()>& work);

// A model's bytes, 16-byte aligned: a .tflite file, the one that a manifest names or, where there
// is no such file, the shipped model of this name. Throws ModelError where none can be read.
AlignedBytes ReadModelBytes(const std::string& choice);

// Loads a model that is to run on all kernels: LoadRunnable(), whose answer is thrown as a
// ModelError with `name` in front.
void LoadModel(const std::string& name, Span<const uint8_t> bytes, Model* model);

// An interpreter and its arena. The model and the resolver's kernels stay with the caller.
struct ModelRunner {
  AlignedBytes arena;
  Interpreter interpreter;
};

// Lays a model out in an arena of exactly the size that it needs. Returns AllocateTensors()'s
// answer; `runner` is usable when that is ok. Throws earshot::ModelError where that is more than
// MaxMemory().
Status MakeRunner(const Model& model, const OperatorResolver& resolver, ModelRunner* runner);

}  // namespace earshot::host
