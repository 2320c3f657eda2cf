// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ModelCase: a model, rows of inputs and the outputs that they must give, as they lie in a data
// file: name, .tflite file, bytes of arena; how many processors, of each its name and the bytes of
// stack to load, set up and run the model; numbers of rows and of fields in a row; then the rows,
// each all inputs, then all outputs.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_resolver.h"
#include "tests/on_device/field_reader.h"

namespace earshot::test {

class ModelCase {
 public:
  // Reads everything but the rows; the model lies at the beginning of the workspace, the arena
  // behind it. A model that does not load is a failed test. Where the workspace does not hold both,
  // the rows are skipped.
  explicit ModelCase(FieldReader& data);

  const char* name() const { return name_; }
  // Whether the workspace holds model and arena. If not, nothing may follow.
  bool fits() const { return !arena_.empty(); }
  bool loaded() const { return model_.loaded(); }
  const Model& model() const { return model_; }

  // Runs all rows in an arena of exactly the bytes that the file tells, having seen that a smaller
  // one is refused. On an emulated board the stack gets no deeper than the file tells of it.
  // Each difference is a failed test. May be called again.
  void Run(const OperatorResolver& resolver);

 private:
  static constexpr size_t kNameBytes = 64;

  void ReadStack();

  FieldReader& data_;
  char name_[kNameBytes];
  Model model_;
  Span<uint8_t> arena_;
  // The most of stack in bytes; 0: not known here.
  uint32_t stack_to_load_ = 0;
  uint32_t stack_to_set_up_ = 0;
  uint32_t stack_to_run_ = 0;
  uint32_t rows_ = 0;
  size_t first_row_ = 0;
};

}  // namespace earshot::test
