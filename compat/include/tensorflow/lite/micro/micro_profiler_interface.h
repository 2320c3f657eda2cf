// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace tflite {

// Told of every operator that the main subgraph runs.
class MicroProfilerInterface {
 public:
  virtual ~MicroProfilerInterface() = default;

  // `tag` is the operator's name, which outlives the interpreter. Returns what EndEvent() gets.
  virtual uint32_t BeginEvent(const char* tag) = 0;
  virtual void EndEvent(uint32_t event) = 0;
};

}  // namespace tflite
