// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/in_place.h"

#include <cstddef>

#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_view.h"
#include "earshot/runtime/tensor_allocation.h"

namespace earshot {
namespace {

using Op = BuiltinOperator;

// Operators that give one output, each element of which depends on no input's elements but those at
// its own place; or that read all of a row before they write any of it. Those of two inputs give
// the type that these have, so as many bytes are as many elements: nothing is repeated.
struct InPlaceOperator {
  Op op;
  uint8_t inputs;  // Bit i: the output may lie over input i. 0: it is input 0 under another shape.
};

constexpr uint8_t kNone = 0;
constexpr uint8_t kFirst = 1;
constexpr uint8_t kEither = 3;
constexpr uint8_t kSecondOrThird = 6;

constexpr InPlaceOperator kOperators[] = {
    {Op::RESHAPE, kNone},
    {Op::EXPAND_DIMS, kNone},
    {Op::SQUEEZE, kNone},
    {Op::ABS, kFirst},
    {Op::ADD, kEither},
    {Op::CAST, kFirst},
    {Op::CEIL, kFirst},
    {Op::COS, kFirst},
    {Op::DIV, kEither},
    {Op::ELU, kFirst},
    {Op::EXP, kFirst},
    {Op::FLOOR, kFirst},
    {Op::FLOOR_DIV, kEither},
    {Op::FLOOR_MOD, kEither},
    {Op::HARD_SWISH, kFirst},
    {Op::LEAKY_RELU, kFirst},
    {Op::LOG, kFirst},
    {Op::LOGICAL_AND, kEither},
    {Op::LOGICAL_NOT, kFirst},
    {Op::LOGICAL_OR, kEither},
    {Op::LOGISTIC, kFirst},
    {Op::MAXIMUM, kEither},
    {Op::MINIMUM, kEither},
    {Op::MUL, kEither},
    {Op::NEG, kFirst},
    {Op::PRELU, kFirst},
    {Op::QUANTIZE, kFirst},
    {Op::RELU, kFirst},
    {Op::RELU6, kFirst},
    {Op::ROUND, kFirst},
    {Op::RSQRT, kFirst},
    {Op::SELECT_V2, kSecondOrThird},
    {Op::SIN, kFirst},
    {Op::SOFTMAX, kFirst},
    {Op::SQRT, kFirst},
    {Op::SQUARE, kFirst},
    {Op::SQUARED_DIFFERENCE, kEither},
    {Op::SUB, kEither},
    {Op::TANH, kFirst},
};

const InPlaceOperator* Find(Op op) {
  for (const InPlaceOperator& entry : kOperators) {
    if (entry.op == op) return &entry;
  }
  return nullptr;
}

class Sharing {
 public:
  Sharing(const Model& model, Span<PlannedBuffer> buffers) : model_(model), buffers_(buffers) {}

  // Has the outputs of operators share, from `first_time` on and with tensors from `first_tensor`
  // on. Operators come in the order in which they run.
  void Merge(size_t graph, size_t first_time, size_t first_tensor) {
    for (size_t i = 0; i < model_.operator_count(graph); ++i) {
      MergeOutput(OperatorView(model_, graph, i), first_time + i, first_tensor);
    }
  }

  // Puts what shares to where the first of it lies.
  void Resolve() const {
    for (PlannedBuffer& buffer : buffers_) {
      if (Shares(buffer)) buffer.offset = buffers_[buffer.next].offset;
    }
  }

 private:
  // A buffer that shares has no bytes and a life that nothing else has; `next` is the buffer that
  // has both for it. The planner looks at no buffer without bytes.
  static constexpr uint16_t kSharesFirst = 1;
  static constexpr uint16_t kSharesLast = 0;

  static bool Shares(const PlannedBuffer& buffer) {
    return buffer.bytes == 0 && buffer.first_use == kSharesFirst && buffer.last_use == kSharesLast;
  }

  uint16_t RootOf(size_t tensor) const {
    const PlannedBuffer& buffer = buffers_[tensor];
    return Shares(buffer) ? buffer.next : static_cast<uint16_t>(tensor);
  }

  bool IsModelOutput(uint16_t root) const {
    for (const int32_t tensor : Model::Indices(model_.subgraph(0).outputs())) {
      if (RootOf(static_cast<size_t>(tensor)) == root) return true;
    }
    return false;
  }

  void MergeOutput(const OperatorView& op, size_t time, size_t first_tensor) {
    const InPlaceOperator* const entry = Find(op.code());
    if (entry == nullptr || op.output_count() != 1) return;
    const size_t output_tensor = first_tensor + static_cast<size_t>(op.outputs()[0]);
    PlannedBuffer& output = buffers_[output_tensor];
    const uint8_t inputs = entry->inputs == kNone ? kFirst : entry->inputs;
    for (size_t i = 0; output.bytes != 0 && i < op.input_count(); ++i) {
      if ((inputs >> i & 1) == 0 || !op.has_input(i)) continue;
      const TensorInfo input = op.input(i);
      if (input.is_constant() || input.is_variable || input.bytes != op.output(0).bytes) continue;
      const uint16_t root = RootOf(first_tensor + static_cast<size_t>(op.inputs()[i]));
      PlannedBuffer& shared = buffers_[root];
      // One that has no bytes of the plan lies elsewhere.
      if (shared.bytes == 0) continue;
      if (entry->inputs != kNone && (shared.last_use != time || IsModelOutput(root))) continue;
      // Who writes to a kept input does not mean a model output.
      if (shared.last_use > output.last_use && IsModelOutput(RootOf(output_tensor))) continue;
      if (shared.last_use < output.last_use) shared.last_use = output.last_use;
      output = {0, 0, kSharesFirst, kSharesLast, root, 0};
    }
  }

  const Model& model_;
  Span<PlannedBuffer> buffers_;
};

}  // namespace

uint32_t PlanInPlace(const TensorAllocation& allocation, Span<PlannedBuffer> buffers) {
  const Model& model = allocation.model();
  Sharing sharing(model, buffers);
  size_t first_time = 0;
  if (model.remembers()) {
    first_time = model.operator_count(kInitSubgraph);
    sharing.Merge(kInitSubgraph, 0, model.tensor_count(0));
  }
  sharing.Merge(0, first_time, 0);
  const uint32_t bytes = PlanMemory(buffers, allocation.plan().placed_first);
  sharing.Resolve();
  return bytes;
}

}  // namespace earshot
