// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/tensor_allocation.h"

namespace earshot {
namespace {

constexpr uint16_t kUnused = 0xFFFF;

// What begins where activations may.
struct alignas(kArenaAlignment) Activations {};

uint32_t AlignedBytes(size_t bytes) {
  return static_cast<uint32_t>(AlignUp(bytes, kArenaAlignment));
}

// A tensor's place in the plan: nothing for constants, which stay in the file.
uint32_t ActivationBytes(const TensorInfo& tensor) {
  return tensor.is_constant() ? 0 : AlignedBytes(tensor.bytes);
}

void Use(PlannedBuffer& buffer, size_t position) {
  const auto time = static_cast<uint16_t>(position);
  if (buffer.first_use == kUnused) buffer.first_use = time;
  if (buffer.last_use < time) buffer.last_use = time;
}

}  // namespace

TensorAllocation::TensorAllocation(Interpreter& interpreter, const AllocationOptions& options)
    : interpreter_(interpreter),
      options_(options),
      model_(*interpreter.model_),
      graph_(kMainSubgraph),
      arena_(interpreter.arena_),
      main_tensor_count_(model_.tensor_count(kMainSubgraph)),
      tensor_count_(main_tensor_count_),
      op_count_(model_.operator_count(kMainSubgraph)) {
  if (!model_.remembers()) return;
  operators_.init_count = model_.operator_count(kInitSubgraph);
  op_count_ += operators_.init_count;
  tensor_count_ += model_.tensor_count(kInitSubgraph);
}

Status TensorAllocation::Run() {
  if (!PrepareOperators() || !PlanActivations()) return failure_.error();
  return OkStatus();
}

bool TensorAllocation::PrepareOperators() {
  uint32_t offset = 0;
  operators_.records = arena_.Allocate<OperatorRecord>(op_count_, &offset);
  interpreter_.records_ = operators_.records;
  interpreter_.init_count_ = operators_.init_count;
  for (size_t i = 0; i < op_count_; ++i) {
    if (!PrepareOperator(i)) return false;
  }
  const schema::SubGraph& graph = model_.subgraph(kMainSubgraph);
  interpreter_.inputs_ = Model::Indices(graph.inputs());
  interpreter_.outputs_ = Model::Indices(graph.outputs());
  interpreter_.input_refs_ = AllocateRefs(interpreter_.inputs_, 0, &offset);
  interpreter_.output_refs_ = AllocateRefs(interpreter_.outputs_, 0, &offset);
  return true;
}

bool TensorAllocation::PrepareOperator(size_t position) {
  const bool is_init = position < operators_.init_count;
  const size_t index = is_init ? position : position - operators_.init_count;
  PrepareContext context(*this, arena_, failure_, model_, is_init ? kInitSubgraph : graph_, index);
  size_t kernel_index = 0;
  if (!FindKernel(context, &kernel_index)) return false;
  for (size_t i = 0; i < context.output_count(); ++i) {
    const TensorInfo output = context.output(i);
    if (output.is_constant() || output.count() == 0) {
      return failure_.Invalid("an output is a constant or has no elements"_text);
    }
  }
  if (!interpreter_.resolver_.kernel(kernel_index).prepare(context).ok()) return false;

  const size_t first_tensor = is_init ? main_tensor_count_ : 0;
  uint32_t refs_offset = 0;
  uint32_t output_refs_offset = 0;  // Right behind the inputs'.
  AllocateRefs(context.inputs(), first_tensor, &refs_offset);
  AllocateRefs(context.outputs(), first_tensor, &output_refs_offset);
  scratch_count_ += context.scratch_count();
  if (!arena_.fits()) return true;
  OperatorRecord& record = operators_.records[position];
  record.data_offset = context.data_offset();
  record.refs_offset = refs_offset;
  record.scratch_offset = context.scratch_offset();
  record.kernel = static_cast<uint16_t>(kernel_index);
  record.input_count = static_cast<uint8_t>(context.input_count());
  record.output_count = static_cast<uint8_t>(context.output_count());
  return true;
}

bool TensorAllocation::FindKernel(const PrepareContext& context, size_t* kernel) {
  const int found = interpreter_.resolver_.Find(context);
  *kernel = static_cast<size_t>(found);
  if (found >= 0) return true;
  const int32_t type = context.names_input(0) ? static_cast<int32_t>(context.input(0).type) : -1;
  return failure_.Fail(StatusCode::kUnsupported,
                       found == OperatorResolver::kOtherTypesOnly
                           ? "kernels are registered for other types only:"_text
                           : "no kernel is registered for"_text,
                       StatusUnit::kOperatorCode, static_cast<int32_t>(context.code()), type);
}

Span<DataRef> TensorAllocation::AllocateRefs(Span<const int32_t> tensors, size_t first_tensor,
                                             uint32_t* offset) {
  const Span<DataRef> refs = arena_.Allocate<DataRef>(tensors.size(), offset);
  for (size_t i = 0; i < refs.size(); ++i) {
    refs[i] = tensors[i] < 0 ? kAbsent : static_cast<DataRef>(first_tensor) + tensors[i];
  }
  return refs;
}

bool TensorAllocation::PlanActivations() {
  uint32_t persistent = 0;
  arena_.Allocate<Activations>(0, &persistent);
  uint32_t offset = 0;
  const size_t idle_count = options_.idle_bytes == 0 ? 0 : 1;
  const Span<PlannedBuffer> buffers =
      arena_.Allocate<PlannedBuffer>(tensor_count_ + scratch_count_ + idle_count, &offset);
  if (!arena_.fits()) return FailTooSmall(arena_.used());
  if (!CheckPlannable(buffers.size()) || !CollectLifetimes(buffers)) return false;
  const PlanOptions& plan = options_.plan;
  const uint32_t planned =
      plan.make != nullptr ? plan.make(*this, buffers) : PlanMemory(buffers, plan.placed_first);
  uint32_t used = planned < UINT32_MAX - persistent ? persistent + planned : UINT32_MAX;
  if (used < arena_.used()) used = arena_.used();
  interpreter_.persistent_bytes_ = persistent;
  interpreter_.used_bytes_ = used;
  if (used > kMostBytes || used > interpreter_.arena_.size()) return FailTooSmall(used);
  for (PlannedBuffer& buffer : buffers) buffer.offset += persistent;
  ResolveRefs(buffers);
  if (idle_count != 0) FindIdleMemory(buffers[buffers.size() - 1]);
  for (uint8_t& byte :
       interpreter_.arena_.subspan(persistent, interpreter_.used_bytes_ - persistent)) {
    byte = 0;
  }
  return true;
}

bool TensorAllocation::CheckPlannable(size_t buffers) {
  if (options_.idle_bytes > kMostBytes) return FailTooSmall(options_.idle_bytes);
  return buffers + op_count_ <= kMostPlanned || FailTooMany(buffers + op_count_);
}

void TensorAllocation::FindIdleMemory(const PlannedBuffer& last) {
  interpreter_.idle_memory_ = interpreter_.arena_.subspan(last.offset, options_.idle_bytes);
}

bool TensorAllocation::CollectLifetimes(Span<PlannedBuffer> buffers) {
  for (size_t i = 0; i < buffers.size(); ++i) {
    buffers[i].first_use = kUnused;
    if (i < tensor_count_) buffers[i].bytes = ActivationBytes(Tensor(i));
  }
  if (!CollectInputs(buffers)) return false;
  size_t next = tensor_count_;
  for (size_t i = 0; i < op_count_; ++i) {
    if (!CollectOperator(i, buffers, &next)) return false;
  }
  if (!CollectOutputs(buffers)) return false;
  if (next < buffers.size()) {
    buffers[next].bytes = AlignedBytes(options_.idle_bytes);
    Use(buffers[next], op_count_);
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
    if (options_.keep_inputs) Use(buffers[tensor], op_count_);
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
    Use(buffers[tensor], op_count_ == 0 ? 0 : op_count_ - 1);
  }
  return true;
}

bool TensorAllocation::CollectOperator(size_t position, Span<PlannedBuffer> buffers,
                                       size_t* scratch) {
  const OperatorRecord& record = operators_.records[position];
  const Span<DataRef> refs = RefsOf(record);
  for (const DataRef tensor : refs.subspan(0, record.input_count)) {
    if (tensor == kAbsent || buffers[tensor].bytes == 0) continue;
    if (buffers[tensor].first_use == kUnused) {
      if (!Tensor(tensor).is_variable) {
        return FailAtTensor(tensor, StatusCode::kInvalidModel,
                            "read before an operator has written it"_text);
      }
      Use(buffers[tensor], 0);
      Use(buffers[tensor], op_count_);
    }
    Use(buffers[tensor], position);
  }
  for (const DataRef tensor : refs.subspan(record.input_count)) {
    if (buffers[tensor].first_use != kUnused) {
      return FailAtTensor(tensor, StatusCode::kInvalidModel,
                          "written by more than one operator, or a model input"_text);
    }
    Use(buffers[tensor], position);
  }
  for (const DataRef bytes : ScratchOf(record)) {
    PlannedBuffer& buffer = buffers[(*scratch)++];
    buffer.bytes = AlignedBytes(bytes);
    Use(buffer, position);
  }
  return true;
}

void TensorAllocation::ResolveRefs(Span<const PlannedBuffer> buffers) const {
  size_t scratch = tensor_count_;
  for (const OperatorRecord& record : operators_.records) {
    for (DataRef& ref : RefsOf(record)) ref = Resolve(ref, buffers);
    for (DataRef& ref : ScratchOf(record)) ref = buffers[scratch++].offset;
  }
  for (DataRef& ref : interpreter_.input_refs_) ref = Resolve(ref, buffers);
  for (DataRef& ref : interpreter_.output_refs_) ref = Resolve(ref, buffers);
}

DataRef TensorAllocation::Resolve(DataRef tensor, Span<const PlannedBuffer> buffers) const {
  if (tensor == kAbsent) return kAbsent;
  const TensorInfo info = Tensor(tensor);
  if (!info.is_constant()) return buffers[tensor].offset;
  return kInModel | static_cast<DataRef>(info.data.data() - model_.bytes().data());
}

uint32_t TensorAllocation::DataOffsetOf(size_t graph, size_t op_index) const {
  return graph == graph_ ? operators_.records[operators_.init_count + op_index].data_offset
                         : interpreter_.records_[op_index].data_offset;
}

uint32_t PrepareContext::DataOffsetOf(size_t subgraph, size_t op_index) const {
  return allocation_.DataOffsetOf(subgraph, op_index);
}

Interpreter& PrepareContext::interpreter() const { return allocation_.interpreter(); }

// By its place in the row of all.
TensorInfo TensorAllocation::Tensor(size_t index) const {
  return index < main_tensor_count_ ? model_.tensor(graph_, index)
                                    : model_.tensor(kInitSubgraph, index - main_tensor_count_);
}

bool TensorAllocation::CheckNotConstant(DataRef tensor, StaticText what) {
  return !Tensor(tensor).is_constant() || FailAtTensor(tensor, StatusCode::kUnsupported, what);
}

Span<DataRef> TensorAllocation::RefsOf(const OperatorRecord& record) const {
  return RefsAt(record.refs_offset, static_cast<size_t>(record.input_count) + record.output_count);
}

Span<DataRef> TensorAllocation::ScratchOf(const OperatorRecord& record) const {
  if (record.scratch_offset == 0) return {};
  const DataRef count = RefsAt(record.scratch_offset, 1)[0];
  return RefsAt(record.scratch_offset + sizeof(DataRef), count);
}

Span<DataRef> TensorAllocation::RefsAt(uint32_t offset, size_t count) const {
  void* begin = interpreter_.arena_.data() + offset;
  return Span<DataRef>(static_cast<DataRef*>(begin), count);
}

[[gnu::noinline]] bool TensorAllocation::FailAtTensor(DataRef tensor, StatusCode code,
                                                      StaticText what) {
  failure_.At(StatusSubject::kTensor, tensor);
  return failure_.Fail(code, what);
}

[[gnu::noinline]] bool TensorAllocation::FailAtSize(uint32_t wanted) {
  failure_.At(StatusSubject::kArena);
  if (wanted > kMostBytes) {
    // An estimate from below, where it is 4 GiB.
    constexpr uint32_t kMiB = 1024 * 1024;
    return failure_.Fail(StatusCode::kUnsupported, "size in MiB (wanted: at most)"_text,
                         StatusUnit::kCount, static_cast<int32_t>((wanted - 1) / kMiB + 1),
                         kMostBytes / kMiB);
  }
  const size_t found = interpreter_.arena_.size();
  return failure_.Fail(StatusCode::kArenaTooSmall, "size"_text, StatusUnit::kBytes,
                       static_cast<int32_t>(found < kMostBytes ? found : kMostBytes),
                       static_cast<int32_t>(wanted));
}

bool TensorAllocation::FailTooMany(size_t found) {
  failure_.At(StatusSubject::kModel);
  return failure_.Fail(StatusCode::kUnsupported,
                       "tensors, operators and their buffers (wanted: at most)"_text,
                       StatusUnit::kCount, static_cast<int32_t>(found), kMostPlanned);
}

}  // namespace earshot
