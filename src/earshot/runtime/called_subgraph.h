// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Subgraphs that operators call (IF, WHILE): what the arena holds of them, and how they are run.
//
// A called subgraph is prepared once, however many operators call it (PrepareSubgraph() in
// PrepareContext). Its activations lie in a scratch buffer of the operator that calls, so they
// share memory with all that does not live at that time; what goes in and out is copied. An image
// without such operators holds nothing of this.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/runtime/kernel.h"

namespace earshot {

// So many calls may lie within one another: in a Cortex-M image each takes some 800 bytes of stack
// when it is prepared (firmware/tools/image_stack.py), and far fewer when it runs.
constexpr uint32_t kMostNestedCalls = 4;

// In the arena: fixed layout on every target.
struct CalledSubgraph {
  uint32_t records_offset;  // OperatorRecord[operator_count].
  uint32_t operator_count;
  uint32_t refs_offset;   // DataRef[input_count + output_count]: what it takes, then what it gives.
  uint32_t sizes_offset;  // uint32_t[input_count + output_count]: the bytes of each.
  uint32_t input_count;
  uint32_t output_count;
  uint32_t bytes;      // Of its activations.
  uint32_t base;       // Where they lay in the last call; refs into them count from the arena's
                       // beginning.
  uint32_t first_new;  // From this operator on, none has run since the start or the last reset ...
  uint32_t reset_count;  // ... that it knows of.
};

// One call, by the operator of `context`, whose first scratch buffer has room for the activations.
class SubgraphCall {
 public:
  // `called` is what PrepareSubgraph() gave.
  SubgraphCall(const InvokeContext& context, uint32_t called);

  // Copies what the subgraph takes as its input `i`. All of them, before it runs.
  void SetInput(size_t i, const uint8_t* contents);
  // Runs it. False: one of its operators has ended Invoke(), and so has `context` then.
  bool Run();
  // What it gave, until the next call of the same operator.
  const uint8_t* output(size_t i) const { return Contents(called_.input_count + i); }
  void CopyOutput(size_t i, uint8_t* to) const;
  // Copies as much as its input `i` has.
  void CopyLikeInput(size_t i, const uint8_t* from, uint8_t* to) const;

  size_t input_count() const { return called_.input_count; }
  size_t output_count() const { return called_.output_count; }

 private:
  uint32_t* Words(uint32_t offset) const;
  OperatorRecord* Records() const;
  const uint8_t* Contents(size_t passed) const;
  void MoveTo(uint32_t base);

  const InvokeContext& context_;
  CalledSubgraph& called_;
};

}  // namespace earshot
