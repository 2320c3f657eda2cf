// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/called_subgraph.h"

#include <cstring>

#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/tensor_allocation.h"

namespace earshot {
namespace {

// What is known of a subgraph while the model is prepared. In the arena.
struct Calls {
  uint32_t called;  // The CalledSubgraph's offset, or one of the two below.
  uint32_t depth;   // Calls that lead to it.
  uint32_t nested;  // Calls within one another that begin in it.
};
constexpr uint32_t kNotPrepared = 0;
constexpr uint32_t kBeingPrepared = 1;

}  // namespace

Verdict PrepareContext::PrepareSubgraph(size_t subgraph, uint32_t* called, uint32_t* bytes) {
  return allocation_.PrepareCalled(*this, subgraph, called, bytes);
}

TensorAllocation::TensorAllocation(const TensorAllocation& caller, size_t graph)
    : interpreter_(caller.interpreter_),
      options_(),
      model_(caller.model_),
      graph_(graph),
      arena_(caller.arena_),
      main_tensor_count_(model_.tensor_count(graph)),
      tensor_count_(main_tensor_count_),
      op_count_(model_.operator_count(graph)),
      calls_offset_(caller.calls_offset_) {}

Verdict TensorAllocation::PrepareCalled(const PrepareContext& caller, size_t graph,
                                        uint32_t* called, uint32_t* bytes) {
  *called = 0;
  *bytes = 0;
  if (graph == kMainSubgraph || (graph == kInitSubgraph && model_.remembers())) {
    return caller.Unsupported("subgraph: the main one or that of CALL_ONCE is called"_text,
                              static_cast<int32_t>(graph), kInitSubgraph + 1);
  }
  if (calls_offset_ == 0) arena_.Allocate<Calls>(model_.subgraph_count(), &calls_offset_);
  if (!arena_.fits()) return Verdict::Ok();  // What is behind is not known then.
  void* const table = interpreter_.arena_.data() + calls_offset_;
  Calls& own = static_cast<Calls*>(table)[graph_];
  Calls& other = static_cast<Calls*>(table)[graph];
  if (other.called == kBeingPrepared) {
    return caller.Unsupported("subgraph: one that calls itself"_text, static_cast<int32_t>(graph),
                              0);
  }
  if (other.called == kNotPrepared && own.depth < kMostNestedCalls) {
    other.called = kBeingPrepared;
    other.depth = own.depth + 1;
    TensorAllocation allocation(*this, graph);
    uint32_t offset = 0;
    const bool is_prepared = allocation.RunCalled(&offset);
    arena_ = allocation.arena_;
    if (!is_prepared) {
      failure_ = allocation.failure_;
      return Verdict(&failure_.error());
    }
    if (!arena_.fits()) return Verdict::Ok();
    other.called = offset;
  }
  const uint32_t nested = other.nested + 1;
  if (own.depth + nested > kMostNestedCalls) {
    return caller.Unsupported("calls of subgraphs within one another (wanted: at most)"_text,
                              static_cast<int32_t>(own.depth + nested), kMostNestedCalls);
  }
  if (own.nested < nested) own.nested = nested;
  *called = other.called;
  *bytes = arena_.At<CalledSubgraph>(other.called)->bytes;
  return Verdict::Ok();
}

bool TensorAllocation::RunCalled(uint32_t* offset) {
  const schema::SubGraph& graph = model_.subgraph(graph_);
  const Span<const int32_t> inputs = Model::Indices(graph.inputs());
  const Span<const int32_t> outputs = Model::Indices(graph.outputs());
  CalledSubgraph called = {};
  called.operator_count = static_cast<uint32_t>(op_count_);
  called.input_count = static_cast<uint32_t>(inputs.size());
  called.output_count = static_cast<uint32_t>(outputs.size());
  const Span<CalledSubgraph> place = arena_.Allocate<CalledSubgraph>(1, offset);
  operators_.records = arena_.Allocate<OperatorRecord>(op_count_, &called.records_offset);
  for (size_t i = 0; i < op_count_; ++i) {
    if (!PrepareOperator(i)) return false;
  }
  // The model's own come when all operators are prepared; so there is nobody's yet.
  uint32_t output_refs_offset = 0;  // Right behind the inputs'.
  interpreter_.input_refs_ = AllocateRefs(inputs, 0, &called.refs_offset);
  interpreter_.output_refs_ = AllocateRefs(outputs, 0, &output_refs_offset);
  const Span<uint32_t> sizes =
      arena_.Allocate<uint32_t>(inputs.size() + outputs.size(), &called.sizes_offset);
  for (size_t i = 0; i < sizes.size(); ++i) {
    const int32_t tensor = i < inputs.size() ? inputs[i] : outputs[i - inputs.size()];
    sizes[i] = static_cast<uint32_t>(Tensor(static_cast<size_t>(tensor)).bytes);
  }
  if (!arena_.fits()) return true;
  if (!PlanCalled(&called.bytes)) return false;
  place[0] = called;
  return true;
}

bool TensorAllocation::PlanCalled(uint32_t* bytes) {
  const uint64_t used = arena_.used();
  uint32_t offset = 0;
  const Span<PlannedBuffer> buffers =
      arena_.Allocate<PlannedBuffer>(tensor_count_ + scratch_count_, &offset);
  if (!arena_.fits()) return FailTooSmall(arena_.used());
  if (buffers.size() + op_count_ > kMostPlanned) return FailTooMany(buffers.size() + op_count_);
  const Span<DataRef> outputs = interpreter_.output_refs_;
  interpreter_.output_refs_ = {};  // Unlike the model's, they may be constants.
  if (!CollectLifetimes(buffers) || !CollectCalledOutputs(outputs, buffers)) return false;
  interpreter_.output_refs_ = outputs;
  const uint64_t all = PlanMemory(buffers);
  if (all > kMostBytes) return FailTooSmall(all);
  ResolveRefs(buffers);
  *bytes = static_cast<uint32_t>(all);
  // The table is not needed any more. That of the main subgraph's plan will be there or further on:
  // only by as much as it is shorter would the arena be larger now than in the end.
  const size_t later = model_.tensor_count(kMainSubgraph);
  arena_.Release(used);
  arena_.Allocate<PlannedBuffer>(buffers.size() > later ? buffers.size() - later : 0, &offset);
  return true;
}

bool TensorAllocation::CollectCalledOutputs(Span<const DataRef> outputs,
                                            Span<PlannedBuffer> buffers) {
  for (size_t i = 0; i < tensor_count_; ++i) {
    // Only what an operator keeps lives until then yet.
    if (buffers[i].bytes == 0 || buffers[i].last_use < op_count_ || op_count_ == 0) continue;
    return FailAtTensor(static_cast<DataRef>(i), StatusCode::kUnsupported,
                        "a variable tensor in a subgraph that is called"_text);
  }
  for (const DataRef tensor : outputs) {
    PlannedBuffer& buffer = buffers[tensor];
    if (buffer.bytes != 0) buffer.last_use = static_cast<uint16_t>(op_count_);
    if (buffer.bytes != 0 || Tensor(tensor).bytes == 0 || Tensor(tensor).is_constant()) continue;
    return FailAtTensor(tensor, StatusCode::kInvalidModel,
                        "a model output that no operator writes"_text);
  }
  return true;
}

SubgraphCall::SubgraphCall(const InvokeContext& context, uint32_t called)
    : context_(context), called_(*context.state<CalledSubgraph>(called)) {
  MoveTo(static_cast<uint32_t>(context.scratch<uint8_t>(0) - context.arena_));
}

uint32_t* SubgraphCall::Words(uint32_t offset) const { return context_.state<uint32_t>(offset); }

OperatorRecord* SubgraphCall::Records() const {
  return context_.state<OperatorRecord>(called_.records_offset);
}

void SubgraphCall::MoveTo(uint32_t base) {
  const uint32_t by = base - called_.base;
  if (by == 0) return;
  const auto move = [this, by](uint32_t offset, size_t count) {
    DataRef* const refs = Words(offset);
    for (size_t i = 0; i < count; ++i) {
      if ((refs[i] & kInModel) == 0) refs[i] += by;  // Not what is absent, either.
    }
  };
  const OperatorRecord* const records = Records();
  for (uint32_t i = 0; i < called_.operator_count; ++i) {
    const OperatorRecord& record = records[i];
    move(record.refs_offset, static_cast<size_t>(record.input_count) + record.output_count);
    if (record.scratch_offset == 0) continue;
    move(record.scratch_offset + sizeof(DataRef), *Words(record.scratch_offset));
  }
  move(called_.refs_offset, input_count() + output_count());
  called_.base = base;
}

const uint8_t* SubgraphCall::Contents(size_t passed) const {
  const DataRef ref = Words(called_.refs_offset)[passed];
  return (ref & kInModel) != 0 ? context_.model_ + (ref & ~kInModel) : context_.arena_ + ref;
}

void SubgraphCall::SetInput(size_t i, const uint8_t* contents) {
  const DataRef ref = Words(called_.refs_offset)[i];
  std::memcpy(context_.arena_ + ref, contents, Words(called_.sizes_offset)[i]);
}

void SubgraphCall::CopyOutput(size_t i, uint8_t* to) const {
  std::memcpy(to, output(i), Words(called_.sizes_offset)[called_.input_count + i]);
}

void SubgraphCall::CopyLikeInput(size_t i, const uint8_t* from, uint8_t* to) const {
  std::memcpy(to, from, Words(called_.sizes_offset)[i]);
}

bool SubgraphCall::Run() {
  const Interpreter& interpreter = context_.interpreter_;
  if (called_.reset_count != interpreter.reset_count_) called_.first_new = 0;
  called_.reset_count = interpreter.reset_count_;
  const OperatorRecord* const records = Records();
  bool goes_on = true;
  for (uint32_t i = 0; i < called_.operator_count && goes_on; ++i) {
    const InvokeContext context(interpreter, context_.model_, context_.arena_, records[i],
                                i >= called_.first_new);
    interpreter.resolver_.kernel(records[i].kernel).invoke(context);
    if (called_.first_new <= i) called_.first_new = i + 1;
    goes_on = !context.ends_invoke();
  }
  if (!goes_on) context_.EndInvoke();
  return goes_on;
}

}  // namespace earshot
