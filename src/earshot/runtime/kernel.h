// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What an operator's implementation is, and the two views of its operator that it works with.
//
// A kernel is a constant: a key, which says what it is for, and two functions. `prepare` runs once,
// in Interpreter::AllocateTensors(): it checks everything that the file says about the operator and
// leaves what `invoke` needs in the arena. `invoke` runs in each Interpreter::Invoke() and trusts
// what prepare has checked. A third one, `pack`, is for kernels that read their weights in another
// order than the file has them (packed_weights.h).
//
// What prepare leaves holds no pointers and only members of fixed width, so an arena has the same
// layout and size on a 64-bit host and on a Cortex-M.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/runtime/arena.h"
#include "earshot/runtime/failure.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/operator_view.h"

namespace earshot {

class Interpreter;
class InvokeContext;
class PackContext;
class PrepareContext;
class SubgraphCall;
class TensorAllocation;

// What prepare and its checks answer: ok, or a pointer to the Status, which lives as long as the
// PrepareContext. One register, where a Status of five words would go through
// memory at each check that is passed.
class [[nodiscard]] Verdict {
 public:
  static constexpr Verdict Ok() { return Verdict(nullptr); }
  constexpr explicit Verdict(const Status* error) : error_(error) {}

  constexpr bool ok() const { return error_ == nullptr; }
  // Precondition: !ok().
  const Status& error() const { return *error_; }

 private:
  const Status* error_;  // Null: ok.
};

// In a KernelKey: the type of this tensor does not matter, nor whether there is such a tensor.
constexpr TensorType kAnyType = static_cast<TensorType>(-1);

// What a kernel is for, whatever its implementation: an operator, and as many of its tensors'
// element types as tell it from the other kernels of that operator. Declared in the operator's
// header, once for all implementations.
//
//   KernelKey(BuiltinOperator::ADD, TensorType::INT8)
//   KernelKey(BuiltinOperator::CONV_2D, TensorType::INT16, TensorType::INT8)      int16x8
//   KernelKey(BuiltinOperator::CAST, TensorType::INT8, kAnyType, TensorType::FLOAT32)
//   KernelKey(BuiltinOperator::SPLIT, TensorType::INT8).WithInputs(1, 0)          the axis is first
//   KernelKey::Custom("MyOperator", TensorType::INT8)
struct KernelKey {
  enum Role : uint8_t { kData, kWeights, kOutput };  // The first output.
  static constexpr size_t kRoles = 3;

  constexpr explicit KernelKey(BuiltinOperator code, TensorType data = kAnyType,
                               TensorType weights = kAnyType, TensorType output = kAnyType)
      : op_code(static_cast<uint16_t>(code)), types{data, weights, output} {}

  // A custom operator, by its name in the model. `name` outlives the key.
  static constexpr KernelKey Custom(const char* name, TensorType data = kAnyType,
                                    TensorType weights = kAnyType, TensorType output = kAnyType) {
    KernelKey key(BuiltinOperator::CUSTOM, data, weights, output);
    key.custom_name = name;
    return key;
  }

  // The same with the data and the weights at other places than 0 and 1 among the inputs.
  constexpr KernelKey WithInputs(uint8_t data, uint8_t weights) const {
    KernelKey key = *this;
    key.places[kData] = data;
    key.places[kWeights] = weights;
    return key;
  }

  constexpr BuiltinOperator op() const { return static_cast<BuiltinOperator>(op_code); }

  const char* custom_name = nullptr;  // Not null where, and only where, op() is CUSTOM.
  uint16_t op_code;
  TensorType types[kRoles];            // By Role; kAnyType: it does not matter.
  uint8_t places[kRoles] = {0, 1, 0};  // Among the inputs, or the outputs.
};

struct Kernel {
  KernelKey key;
  Verdict (*prepare)(PrepareContext& context);
  void (*invoke)(const InvokeContext& context);
  // Null: there is nothing to be packed. invoke works without what it would pack, too.
  void (*pack)(PackContext& context) = nullptr;
};

// What Interpreter::Invoke() knows of one operator. In the arena: fixed layout on every target.
struct OperatorRecord {
  uint32_t data_offset;     // What its kernel left.
  uint32_t refs_offset;     // Its DataRefs: inputs, then outputs.
  uint32_t scratch_offset;  // Its scratch buffers: how many, then their DataRefs. 0: none.
  uint16_t kernel;          // Index in the resolver.
  uint8_t input_count;
  uint8_t output_count;
};
static_assert(sizeof(OperatorRecord) == 16);

// The operators of a model in the order in which they run: those of kInitSubgraph, if the model
// remembers, then the main ones.
struct OperatorList {
  size_t init_count = 0;
  Span<OperatorRecord> records;  // Empty when the arena is too small.
};

// One operator during AllocateTensors(): what the file says about it, and the arena.
class PrepareContext : public OperatorView {
 public:
  // For operator `index` of a subgraph, in that one's allocation.
  PrepareContext(TensorAllocation& allocation, Arena& arena, Failure& failure, const Model& model,
                 size_t subgraph, size_t index)
      : OperatorView(model, subgraph, index),
        allocation_(allocation),
        arena_(arena),
        failure_(failure) {
    failure_.At(StatusSubject::kOperator, index);
  }

  // Copies `data` into the arena, where InvokeContext::data<T>() finds it. At most once.
  template <typename T>
  void SetData(const T& data) {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) == alignof(uint32_t));
    CopyData(&data, sizeof(T) / sizeof(uint32_t));
  }

  // Memory for `count` T that lives as long as the tensors; `*offset` is for
  // InvokeContext::array<T>(). The span is EMPTY where the arena is too small, so fill it with a
  // range-for; AllocateTensors() goes on, to know how much is needed, and then fails.
  template <typename T>
  Span<T> AllocateArray(size_t count, uint32_t* offset) {
    static_assert(std::is_trivially_copyable_v<T>);
    return arena_.Allocate<T>(count, offset);
  }

  // The same without a look at it before the first invoke: its contents are undefined until then.
  template <typename T>
  void ReserveArray(size_t count, uint32_t* offset) {
    static_assert(std::is_trivially_copyable_v<T>);
    arena_.Reserve(static_cast<uint64_t>(count) * sizeof(T), alignof(T), offset);
  }

  // Memory for the time of one invoke: a buffer for each of `bytes`, InvokeContext::scratch(i). At
  // most once.
  void RequestScratch(Span<const uint32_t> bytes);

  // Makes the data of an operator that is prepared already this operator's own, in place of
  // SetData(), and shows it: null where the arena is too small. Precondition: `subgraph` is this
  // operator's or kInitSubgraph, and the data of its operator a T.
  template <typename T>
  const T* ShareData(size_t subgraph, size_t op_index) {
    if (!arena_.fits()) return nullptr;
    data_offset_ = DataOffsetOf(subgraph, op_index);
    return arena_.At<T>(data_offset_);
  }

  // Memory that is nobody's yet, to be written to until more is asked for. Empty where the arena is
  // too small. Behind the first so many bytes of the arena.
  Span<uint8_t> unused() const { return arena_.unused(); }
  size_t used() const { return static_cast<size_t>(arena_.used()); }

  // Whose operator it is: for who runs an interpreter of a class of his own, with kernels that have
  // to find back to it.
  Interpreter& interpreter() const;

  // Has a subgraph prepared that this operator calls (runtime/called_subgraph.h). `*called` is for
  // SubgraphCall, `*bytes` what its activations take: the operator's first scratch buffer has at
  // least so many. Precondition: there is such a subgraph.
  Verdict PrepareSubgraph(size_t subgraph, uint32_t* called, uint32_t* bytes);

  // Errors at this operator: the latest one is what counts. `what` is static text.
  Verdict Invalid(StaticText what, int32_t found, int32_t wanted) const;
  Verdict InvalidType(StaticText what, TensorType found, TensorType wanted) const;
  Verdict InvalidScale(StaticText what, float found, float wanted) const;
  Verdict Unsupported(StaticText what, int32_t found, int32_t wanted) const;
  Verdict UnsupportedType(StaticText what, TensorType found, TensorType wanted) const;
  Verdict UnsupportedScale(StaticText what, float found, float wanted) const;

  // For the interpreter, after prepare.
  uint32_t data_offset() const { return data_offset_; }
  uint32_t scratch_offset() const { return scratch_offset_; }
  size_t scratch_count() const { return scratch_count_; }

 private:
  void CopyData(const void* data, size_t words);
  uint32_t DataOffsetOf(size_t subgraph, size_t op_index) const;
  Verdict ErrorHere(StatusCode code, StatusUnit unit, StaticText what, int32_t found,
                    int32_t wanted) const;

  TensorAllocation& allocation_;
  Arena& arena_;
  Failure& failure_;  // Of the check that failed; the operator itself is not changed by it.
  uint32_t data_offset_ = 0;
  uint32_t scratch_offset_ = 0;
  size_t scratch_count_ = 0;
};

// Where a tensor's contents lie: an offset into the arena or, with kInModel set, into the file.
using DataRef = uint32_t;
constexpr DataRef kInModel = 0x80000000u;
constexpr DataRef kAbsent = 0xFFFFFFFFu;

// One operator during Invoke(). Reading it costs a few instructions: everything was resolved
// before.
class InvokeContext {
 public:
  InvokeContext(const Interpreter& interpreter, const uint8_t* model, uint8_t* arena,
                const OperatorRecord& record, bool starts_anew)
      : interpreter_(interpreter),
        model_(model),
        arena_(arena),
        record_(record),
        inputs_(As<const DataRef>(arena + record.refs_offset)),
        state_(starts_anew ? kStartsAnew : 0) {}

  const Interpreter& interpreter() const { return interpreter_; }

  // Contents of input `i`, in C order; never to be written, since a kept input lives on.
  // Precondition: PrepareContext::has_input(i) was true.
  template <typename T>
  const T* input(size_t i) const {
    const DataRef ref = inputs_[i];
    return As<const T>((ref & kInModel) != 0 ? model_ + (ref & ~kInModel) : arena_ + ref);
  }

  // Contents of input `i`, a variable tensor, to be written: what it holds then, the next invoke
  // finds. Its contents are undefined while starts_anew(). Precondition: CheckVariable() was ok.
  template <typename T>
  T* variable(size_t i) const {
    return As<T>(arena_ + inputs_[i]);
  }

  // Whether this operator runs for the first time, or for the first time after
  // Interpreter::ResetVariables(): who keeps something sets it to its start value then.
  bool starts_anew() const { return (state_ & kStartsAnew) != 0; }

  // Ends this Interpreter::Invoke() behind this operator, which has nothing new for those behind it
  // yet.
  void EndInvoke() const { state_ |= kEndsInvoke; }
  bool ends_invoke() const { return (state_ & kEndsInvoke) != 0; }

  // Contents of output `i`, to be written.
  template <typename T>
  T* output(size_t i) const {
    return As<T>(arena_ + inputs_[record_.input_count + i]);
  }

  // The i-th buffer that prepare requested. Its contents are undefined at the start.
  template <typename T>
  T* scratch(size_t i) const {
    return As<T>(arena_ + As<const DataRef>(arena_ + record_.scratch_offset)[1 + i]);
  }

  // What prepare left with SetData() ...
  template <typename T>
  const T& data() const {
    return *As<const T>(arena_ + record_.data_offset);
  }

  // ... and with AllocateArray().
  template <typename T>
  const T* array(uint32_t offset) const {
    return As<const T>(arena_ + offset);
  }

  // The same, to be written: what it holds then, the next invoke finds.
  template <typename T>
  T* state(uint32_t offset) const {
    return As<T>(arena_ + offset);
  }

  // Whether input `i` lies in the model, the same at every invoke.
  bool is_constant(size_t i) const { return (inputs_[i] & kInModel) != 0; }

  // What Kernel::pack has left with PackContext::SetPacked(); null where nothing is packed ...
  template <typename T>
  const T* packed() const {
    return As<const T>(Packed());
  }

  // ... and, where something is, with AllocateArray() ...
  template <typename T>
  const T* packed_array(uint32_t offset) const {
    return As<const T>(PackedAt(offset));
  }

  // ... and what it asked for with RequestWorkspace(): contents undefined, at a cache line.
  template <typename T>
  T* workspace() const {
    return As<T>(Workspace());
  }

 private:
  template <typename T, typename Byte>
  static T* As(Byte* bytes) {
    using Void = std::conditional_t<std::is_const_v<Byte>, const void, void>;
    return static_cast<T*>(static_cast<Void*>(bytes));
  }

  const uint8_t* Packed() const;
  const uint8_t* PackedAt(uint32_t offset) const;
  uint8_t* Workspace() const;

  friend class SubgraphCall;

  const Interpreter& interpreter_;
  const uint8_t* model_;
  uint8_t* arena_;
  const OperatorRecord& record_;
  const DataRef* inputs_;  // Behind them lie the outputs'.
  static constexpr uint32_t kStartsAnew = 1;
  static constexpr uint32_t kEndsInvoke = 2;
  mutable uint32_t state_;
};

}  // namespace earshot
