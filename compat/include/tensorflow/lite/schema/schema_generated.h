// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The model format, as the flatbuffers compiler makes it of the part that Earshot reads
// (earshot/runtime/schema/model_format.fbs), and tflite::GetModel().
//
// Tables have the fields that Earshot reads. 64-bit numbers (zero points) are structs of two
// halves: tflite::Int64.
#pragma once

#include <cstdint>

#include "tensorflow/lite/schema/earshot_schema_generated.h"

#define TFLITE_SCHEMA_VERSION (3)

namespace tflite {

// A model file, from its first byte on. (In TensorFlow Lite it is the root table further in; from
// there nobody would find back to the beginning, which Earshot reads a model from.)
class Model {
 public:
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  uint32_t version() const { return root().version(); }
  const flatbuffers::Vector<flatbuffers::Offset<OperatorCode>>* operator_codes() const {
    return root().operator_codes();
  }
  const flatbuffers::Vector<flatbuffers::Offset<SubGraph>>* subgraphs() const {
    return root().subgraphs();
  }
  const flatbuffers::String* description() const { return root().description(); }
  const flatbuffers::Vector<flatbuffers::Offset<Buffer>>* buffers() const {
    return root().buffers();
  }

 private:
  const ModelTable& root() const { return *GetModelTable(this); }
};

// `bytes` is a .tflite file, which stays where it is as long as it is used. No look is taken at it
// here; MicroInterpreter::AllocateTensors() does that. Its members read it as flatbuffers does: on
// processors that need it, bytes lie at a multiple of 4 for that.
inline const Model* GetModel(const void* bytes) { return static_cast<const Model*>(bytes); }

inline const char* ModelIdentifier() { return ModelTableIdentifier(); }
inline bool ModelBufferHasIdentifier(const void* bytes) {
  return ModelTableBufferHasIdentifier(bytes);
}
inline bool VerifyModelBuffer(flatbuffers::Verifier& verifier) {
  return VerifyModelTableBuffer(verifier);
}

}  // namespace tflite

namespace flatbuffers {

// Programs that do not go through tflite::GetModel() get the same.
template <>
inline const tflite::Model* GetRoot<tflite::Model>(const void* bytes) {
  return tflite::GetModel(bytes);
}

}  // namespace flatbuffers
