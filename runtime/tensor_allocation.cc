// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/tensor_allocation.h"

namespace earshot {
namespace {

constexpr size_t kMainSubgraph = 0;
constexpr uint16_t kUnused = 0xFFFF;
// The planner counts buffers and times in 16 bits.
constexpr size_t kMostPlanned = 0xFFFE;
constexpr StaticText kTooManyBytes = "more than 2 GiB are needed"_text;

// What begins where activations may.
struct alignas(kArenaAlignment) Activations {};

uint32_t AlignedBytes(size_t bytes) {
  return static_cast<uint32_t>(AlignUp(bytes, kArenaAlignment));
}

// A tensor's place in the plan: nothing for constants, which stay in the file.
uint32_t ActivationBytes(const TensorInfo& tensor) {
  return tensor.is_constant() ? 0 : AlignedBytes(tensor.bytes);
}

void Use(PlannedBuffer& buffer, size_t op_index) {
  const auto time = static_cast<uint16_t>(op_index);
  if (buffer.first_use == kUnused) buffer.first_use = time;
  if (buffer.last_use < time) buffer.last_use = time;
}

StatusPlace At(StatusSubject subject, size_t index) {
  return {subject, static_cast<int64_t>(index)};
}

}  // namespace

TensorAllocation::TensorAllocation(Interpreter& interpreter, const AllocationOptions& options)
    : interpreter_(interpreter),
      options_(options),
      model_(*interpreter.model_),
      arena_(interpreter.arena_) {}

Status TensorAllocation::Run() {
  if (!PrepareMainGraph()) return error_;
  const schema::SubGraph& graph = model_.subgraph(kMainSubgraph);
  interpreter_.records_ = prepared_.main.records;
  interpreter_.init_records_ = prepared_.init.records;
  interpreter_.inputs_ = Model::Indices(graph.inputs());
  interpreter_.outputs_ = Model::Indices(graph.outputs());
  interpreter_.input_refs_ = CopyIndices(interpreter_.inputs_);
  interpreter_.output_refs_ = CopyIndices(interpreter_.outputs_);
  if (!PlanActivations()) return error_;
  return OkStatus();
}

bool TensorAllocation::PrepareMainGraph() {
  PreparedGraph& main = prepared_.main;
  BeginGraph(main);
  prepared_.init.first_tensor = main.tensor_count;
  for (size_t i = 0; i < main.op_count; ++i) {
    if (!PrepareOperator(main, i)) return false;
    const bool is_named = prepared_.init.subgraph != kMainSubgraph;
    if (is_named && prepared_.init.op_count == 0 && !PrepareInitGraph()) return false;
  }
  main.first_time = prepared_.init.op_count;
  return true;
}

bool TensorAllocation::PrepareInitGraph() {
  PreparedGraph& init = prepared_.init;
  BeginGraph(init);
  for (size_t i = 0; i < init.op_count; ++i) {
    if (!PrepareOperator(init, i)) return false;
  }
  return true;
}

void TensorAllocation::BeginGraph(PreparedGraph& graph) {
  uint32_t offset = 0;
  graph.op_count = model_.operator_count(graph.subgraph);
  graph.tensor_count = model_.tensor_count(graph.subgraph);
  graph.records = arena_.Allocate<OperatorRecord>(graph.op_count, &offset);
}

bool TensorAllocation::PrepareOperator(const PreparedGraph& graph, size_t op_index) {
  PrepareContext context(model_, prepared_, graph.subgraph, op_index, arena_);
  size_t kernel_index = 0;
  if (!FindKernel(graph, op_index, &kernel_index)) return false;
  for (size_t i = 0; i < context.output_count(); ++i) {
    if (context.output(i).is_constant()) {
      return Fail(MakeError(StatusCode::kInvalidModel, At(StatusSubject::kOperator, op_index),
                            "an output is a constant"_text));
    }
  }
  error_ = interpreter_.resolver_.kernel(kernel_index).prepare(context);
  if (!error_.ok()) return false;

  const schema::Operator& op = model_.op(graph.subgraph, op_index);
  const size_t scratch_count = context.scratch_bytes().size();
  uint32_t refs_offset = 0;
  const Span<DataRef> refs = arena_.Allocate<DataRef>(
      context.input_count() + context.output_count() + scratch_count, &refs_offset);
  scratch_count_ += scratch_count;
  if (!arena_.fits()) return true;

  const auto first_tensor = static_cast<DataRef>(graph.first_tensor);
  const auto ref_of = [first_tensor](int32_t tensor) {
    return tensor < 0 ? kAbsent : first_tensor + static_cast<DataRef>(tensor);
  };
  DataRef* next = refs.data();
  for (const int32_t tensor : Model::Indices(op.inputs())) *next++ = ref_of(tensor);
  for (const int32_t tensor : Model::Indices(op.outputs())) *next++ = ref_of(tensor);
  for (const uint32_t bytes : context.scratch_bytes()) *next++ = bytes;
  OperatorRecord& record = graph.records.data()[op_index];
  record.data_offset = context.data_offset();
  record.refs_offset = refs_offset;
  record.kernel = static_cast<uint16_t>(kernel_index);
  record.input_count = static_cast<uint8_t>(context.input_count());
  record.output_count = static_cast<uint8_t>(context.output_count());
  record.scratch_count = static_cast<uint8_t>(scratch_count);
  return true;
}

bool TensorAllocation::FindKernel(const PreparedGraph& graph, size_t op_index, size_t* kernel) {
  const schema::Operator& op = model_.op(graph.subgraph, op_index);
  const int found = interpreter_.resolver_.Find(model_, graph.subgraph, op);
  *kernel = static_cast<size_t>(found);
  if (found >= 0) return true;
  const Span<const int32_t> inputs = Model::Indices(op.inputs());
  int32_t type = -1;
  if (!inputs.empty() && inputs[0] >= 0) {
    type = static_cast<int32_t>(model_.tensor(graph.subgraph, static_cast<size_t>(inputs[0])).type);
  }
  return Fail(MakeError(StatusCode::kUnsupported, At(StatusSubject::kOperator, op_index),
                        "no kernel is registered for"_text, StatusUnit::kOperatorCode,
                        static_cast<int32_t>(model_.operator_code(op)), type));
}

Span<DataRef> TensorAllocation::CopyIndices(Span<const int32_t> indices) {
  uint32_t offset = 0;
  const Span<DataRef> refs = arena_.Allocate<DataRef>(indices.size(), &offset);
  for (size_t i = 0; i < refs.size(); ++i) refs[i] = static_cast<DataRef>(indices[i]);
  return refs;
}

bool TensorAllocation::PlanActivations() {
  uint32_t persistent = 0;
  arena_.Allocate<Activations>(0, &persistent);
  uint32_t offset = 0;
  const size_t idle_count = options_.idle_bytes == 0 ? 0 : 1;
  const Span<PlannedBuffer> buffers =
      arena_.Allocate<PlannedBuffer>(tensor_count() + scratch_count_ + idle_count, &offset);
  if (!arena_.fits()) return FailTooSmall(arena_.used());
  if (buffers.size() > kMostPlanned || op_count() > kMostPlanned) {
    return FailTooLarge("more than 65,534 tensors or operators are to be planned"_text);
  }
  if (options_.idle_bytes > kInModel) return FailTooLarge(kTooManyBytes);

  if (!CollectLifetimes(buffers)) return false;
  uint64_t used = persistent + PlanMemory(buffers);
  if (used < arena_.used()) used = arena_.used();
  if (used > interpreter_.arena_.size()) return FailTooSmall(used);
  if (used > kInModel) return FailTooLarge(kTooManyBytes);
  for (PlannedBuffer& buffer : buffers) buffer.offset += persistent;
  ResolveRefs(buffers);
  if (idle_count != 0) {
    const size_t idle_offset = buffers[buffers.size() - 1].offset;
    interpreter_.idle_memory_ = interpreter_.arena_.subspan(idle_offset, options_.idle_bytes);
  }
  interpreter_.persistent_bytes_ = persistent;
  interpreter_.used_bytes_ = static_cast<size_t>(used);
  for (uint8_t& byte :
       interpreter_.arena_.subspan(persistent, interpreter_.used_bytes_ - persistent)) {
    byte = 0;
  }
  return true;
}

bool TensorAllocation::CollectLifetimes(Span<PlannedBuffer> buffers) {
  for (size_t i = 0; i < buffers.size(); ++i) {
    buffers[i].first_use = kUnused;
    if (i < tensor_count()) buffers[i].bytes = ActivationBytes(Tensor(i));
  }
  size_t next = tensor_count();
  if (!CollectInputs(buffers) || !CollectGraph(prepared_.init, buffers, &next) ||
      !CollectGraph(prepared_.main, buffers, &next) || !CollectOutputs(buffers)) {
    return false;
  }
  if (next < buffers.size()) {
    buffers[next].bytes = AlignedBytes(options_.idle_bytes);
    Use(buffers[next], op_count());
  }
  // Tensors that nobody touches take no memory.
  for (PlannedBuffer& buffer : buffers) {
    if (buffer.first_use == kUnused) buffer.bytes = 0;
  }
  return true;
}

bool TensorAllocation::CollectInputs(Span<PlannedBuffer> buffers) {
  for (const DataRef tensor : interpreter_.input_refs_) {
    if (!CheckNotConstant(tensor, "a model input is a constant"_text)) return false;
    Use(buffers[tensor], 0);
    if (options_.keep_inputs) Use(buffers[tensor], op_count());
  }
  return true;
}

bool TensorAllocation::CollectOutputs(Span<PlannedBuffer> buffers) {
  for (const DataRef tensor : interpreter_.output_refs_) {
    if (!CheckNotConstant(tensor, "a model output is a constant"_text)) return false;
    if (buffers[tensor].bytes != 0 && buffers[tensor].first_use == kUnused) {
      return FailAtTensor(tensor, StatusCode::kInvalidModel,
                          "a model output that no operator writes"_text);
    }
    Use(buffers[tensor], op_count() == 0 ? 0 : op_count() - 1);
  }
  return true;
}

bool TensorAllocation::CollectGraph(const PreparedGraph& graph, Span<PlannedBuffer> buffers,
                                    size_t* scratch) {
  for (size_t i = 0; i < graph.op_count; ++i) {
    if (!CollectOperator(graph.records[i], graph.first_time + i, buffers, scratch)) return false;
  }
  return true;
}

bool TensorAllocation::CollectOperator(const OperatorRecord& record, size_t time,
                                       Span<PlannedBuffer> buffers, size_t* scratch) {
  const Span<DataRef> refs = RefsOf(record);
  for (const DataRef tensor : refs.subspan(0, record.input_count)) {
    if (tensor == kAbsent || buffers[tensor].bytes == 0) continue;
    if (buffers[tensor].first_use == kUnused) {
      return FailAtTensor(tensor, StatusCode::kInvalidModel,
                          "read before an operator has written it"_text);
    }
    Use(buffers[tensor], time);
  }
  for (const DataRef tensor : refs.subspan(record.input_count, record.output_count)) {
    if (buffers[tensor].first_use != kUnused) {
      return FailAtTensor(tensor, StatusCode::kInvalidModel,
                          "written by more than one operator, or a model input"_text);
    }
    Use(buffers[tensor], time);
  }
  const size_t scratch_begin = static_cast<size_t>(record.input_count) + record.output_count;
  for (const DataRef bytes : refs.subspan(scratch_begin)) {
    PlannedBuffer& buffer = buffers[(*scratch)++];
    buffer.bytes = AlignedBytes(bytes);
    Use(buffer, time);
  }
  return true;
}

void TensorAllocation::ResolveRefs(Span<const PlannedBuffer> buffers) const {
  size_t scratch = tensor_count();
  ResolveGraph(prepared_.init, buffers, &scratch);
  ResolveGraph(prepared_.main, buffers, &scratch);
  for (DataRef& ref : interpreter_.input_refs_) ref = Resolve(ref, buffers);
  for (DataRef& ref : interpreter_.output_refs_) ref = Resolve(ref, buffers);
}

void TensorAllocation::ResolveGraph(const PreparedGraph& graph, Span<const PlannedBuffer> buffers,
                                    size_t* scratch) const {
  for (const OperatorRecord& record : graph.records) {
    const size_t tensors = static_cast<size_t>(record.input_count) + record.output_count;
    const Span<DataRef> refs = RefsOf(record);
    for (DataRef& ref : refs.subspan(0, tensors)) ref = Resolve(ref, buffers);
    for (DataRef& ref : refs.subspan(tensors)) ref = buffers[(*scratch)++].offset;
  }
}

DataRef TensorAllocation::Resolve(DataRef tensor, Span<const PlannedBuffer> buffers) const {
  if (tensor == kAbsent) return kAbsent;
  const TensorInfo info = Tensor(tensor);
  if (!info.is_constant()) return buffers[tensor].offset;
  return kInModel | static_cast<DataRef>(info.data.data() - model_.bytes().data());
}

// By its index in the plan's table.
TensorInfo TensorAllocation::Tensor(size_t index) const {
  const PreparedGraph& init = prepared_.init;
  return index < init.first_tensor ? model_.tensor(kMainSubgraph, index)
                                   : model_.tensor(init.subgraph, index - init.first_tensor);
}

bool TensorAllocation::CheckNotConstant(DataRef tensor, StaticText what) {
  return !model_.tensor(kMainSubgraph, tensor).is_constant() ||
         FailAtTensor(tensor, StatusCode::kUnsupported, what);
}

Span<DataRef> TensorAllocation::RefsOf(const OperatorRecord& record) const {
  void* begin = interpreter_.arena_.data() + record.refs_offset;
  return Span<DataRef>(
      static_cast<DataRef*>(begin),
      static_cast<size_t>(record.input_count) + record.output_count + record.scratch_count);
}

bool TensorAllocation::Fail(const Status& error) {
  error_ = error;
  return false;
}

bool TensorAllocation::FailAtTensor(DataRef tensor, StatusCode code, StaticText what) {
  return Fail(MakeError(code, At(StatusSubject::kTensor, tensor), what));
}

bool TensorAllocation::FailTooSmall(uint64_t wanted) {
  return Fail(MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena}, "size"_text,
                        StatusUnit::kBytes, static_cast<int64_t>(interpreter_.arena_.size()),
                        static_cast<int64_t>(wanted)));
}

bool TensorAllocation::FailTooLarge(StaticText what) {
  return Fail(MakeError(StatusCode::kUnsupported, {StatusSubject::kArena}, what));
}

}  // namespace earshot
