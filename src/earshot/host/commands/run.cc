// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <utility>

#include "earshot/host/commands/memory_option.h"
#include "earshot/host/commands/model_options.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/npy.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/models/model_file.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/runnable_model.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot run model.tflite --input x.npy --output scores.npy\n"
    "  earshot run adder.tflite --input a.npy --input b.npy --output sum.npy\n"
    "  earshot run streaming.tflite --input x.npy --reset-every 50 --output scores.npy\n";

constexpr char kDescription[] =
    "Runs a model on rows of an .npy file: [rows, input shape] in, [rows, output shape] out. One "
    "interpreter takes row after row, so a model that remembers goes on from row to row.";

struct Options {
  std::string model;
  std::vector<std::string> inputs;
  std::vector<std::string> outputs;
  size_t reset_every = 0;  // 0: never.
};

// NumPy's name of an element type; empty for those that .npy files do not carry.
std::string DescrOf(TensorType type) {
  switch (type) {
    case TensorType::INT8:
      return "|i1";
    case TensorType::UINT8:
      return "|u1";
    case TensorType::BOOL:
      return "|b1";
    case TensorType::INT16:
      return "<i2";
    case TensorType::UINT16:
      return "<u2";
    case TensorType::INT32:
      return "<i4";
    case TensorType::UINT32:
      return "<u4";
    case TensorType::INT64:
      return "<i8";
    case TensorType::UINT64:
      return "<u8";
    case TensorType::FLOAT16:
      return "<f2";
    case TensorType::FLOAT32:
      return "<f4";
    case TensorType::FLOAT64:
      return "<f8";
    default:
      return "";
  }
}

// What all rows of all inputs and outputs, and the arena, take together.
class MemoryNeed {
 public:
  explicit MemoryNeed(std::string name) : name_(std::move(name)) {}

  // Before it is taken. Throws ModelError.
  void Add(uint64_t count, uint64_t bytes) {
    const bool fits = bytes == 0 || count <= (UINT64_MAX - total_) / bytes;
    total_ = fits ? total_ + count * bytes : UINT64_MAX;
    CheckMemory(name_, total_);
  }

 private:
  std::string name_;
  uint64_t total_ = 0;
};

// One of the model's inputs with all its rows, or an output to be.
struct Rows {
  NpyArray array;
  size_t row_bytes = 0;

  size_t count() const { return array.shape[0]; }
  Span<uint8_t> row(size_t i) {
    return Span<uint8_t>(array.bytes).subspan(i * row_bytes, row_bytes);
  }
};

// `tensor`: its index in the main subgraph.
Rows ReadInput(const std::string& path, const Model& model, size_t tensor) {
  const TensorInfo info = model.tensor(0, tensor);
  Rows rows{ReadNpy(path), info.bytes};
  const std::string wanted = DescrOf(info.type);
  if (rows.array.descr != wanted) {
    throw InputError(fmt::format("{}: element type: found {}, wanted {} for the model's input '{}'",
                                 path, rows.array.descr, wanted, model.tensor_name(0, tensor)));
  }
  const std::vector<size_t>& shape = rows.array.shape;
  const size_t bytes = rows.array.bytes.size();
  const bool fits =
      !shape.empty() &&
      (shape[0] == 0 ? bytes == 0 : bytes % shape[0] == 0 && bytes / shape[0] == info.bytes);
  if (!fits) {
    throw InputError(fmt::format("{}: shape: found [{}], wanted [rows, {}]", path,
                                 fmt::join(shape, ", "),
                                 fmt::join(info.shape.begin(), info.shape.end(), ", ")));
  }
  return rows;
}

Rows MakeOutput(const TensorInfo& info, size_t count) {
  Rows rows;
  rows.row_bytes = info.bytes;
  rows.array.descr = DescrOf(info.type);
  rows.array.shape = {count};
  rows.array.shape.insert(rows.array.shape.end(), info.shape.begin(), info.shape.end());
  rows.array.bytes.resize(count * info.bytes);
  return rows;
}

// What the file says of the main subgraph's tensors.
std::vector<TensorInfo> Tensors(const Model& model, const flatbuffers::Vector<int32_t>* indices) {
  std::vector<TensorInfo> tensors;
  for (const int32_t index : Model::Indices(indices)) {
    tensors.push_back(model.tensor(0, static_cast<size_t>(index)));
  }
  return tensors;
}

std::vector<Rows> ReadInputs(const Options& options, const Model& model, MemoryNeed* need) {
  const Span<const int32_t> wanted = Model::Indices(model.subgraph(0).inputs());
  if (options.inputs.size() != wanted.size()) {
    throw UsageError(fmt::format("{}: the model takes {} input(s): give --input as many times",
                                 options.model, wanted.size()));
  }
  std::vector<Rows> inputs;
  for (size_t i = 0; i < options.inputs.size(); ++i) {
    std::error_code error;
    const uintmax_t size = std::filesystem::file_size(options.inputs[i], error);
    if (!error) need->Add(size, 1);
    inputs.push_back(ReadInput(options.inputs[i], model, static_cast<size_t>(wanted[i])));
    if (inputs[i].count() != inputs[0].count()) {
      throw InputError(fmt::format("{}: rows: found {}, wanted {} as in {}", options.inputs[i],
                                   inputs[i].count(), inputs[0].count(), options.inputs[0]));
    }
  }
  return inputs;
}

// The model in a file, or in a packed slot. Throws ModelError.
Model LoadModel(const std::string& name, Span<const uint8_t> file) {
  ModelSlot slot;
  Span<const uint8_t> bytes;
  ThrowUnlessOk(FindModelBytes(file, &slot, &bytes), name);
  Model model;
  const std::string error = LoadRunnable(bytes, AllKernelsResolver(), &model);
  if (!error.empty()) throw ModelError(name + ": " + error);
  return model;
}

void CheckFiles(const Options& options) {
  std::vector<NamedFile> outputs;
  outputs.reserve(options.outputs.size());
  for (const std::string& path : options.outputs) outputs.push_back({"--output", path});
  CheckOutputs(outputs, [&options](const AddInput& add) {
    const ModelFiles files = FilesOf(options.model, "");
    add(files.model);
    add(files.manifest);
    for (const std::string& path : options.inputs) add(path);
  });
}

int RunModel(const Options& options) {
  CheckFiles(options);
  const AlignedBytes file = ReadModelBytes(options.model);
  const Model model = LoadModel(options.model, file.span());
  const std::vector<TensorInfo> given = Tensors(model, model.subgraph(0).outputs());
  if (options.outputs.size() > given.size()) {
    throw UsageError(fmt::format("{}: the model has {} output(s), {} were asked for", options.model,
                                 given.size(), options.outputs.size()));
  }
  ArenaSize arena;
  ThrowUnlessOk(MeasureArena(options.model, model, AllKernelsResolver(), {}, &arena),
                options.model);
  MemoryNeed need(options.model);
  need.Add(arena.bytes, 1);
  std::vector<Rows> inputs = ReadInputs(options, model, &need);
  const size_t count = inputs.empty() ? 1 : inputs[0].count();
  std::vector<Rows> outputs;
  for (size_t i = 0; i < options.outputs.size(); ++i) {
    need.Add(count, given[i].bytes);
    outputs.push_back(MakeOutput(given[i], count));
  }
  ModelRunner runner;
  ThrowUnlessOk(MakeRunner(options.model, model, AllKernelsResolver(), &runner), options.model);
  Interpreter& interpreter = runner.interpreter;
  for (size_t row = 0; row < count; ++row) {
    if (options.reset_every != 0 && row % options.reset_every == 0) interpreter.ResetVariables();
    for (size_t i = 0; i < inputs.size(); ++i) {
      const Span<uint8_t> from = inputs[i].row(row);
      std::copy(from.begin(), from.end(), interpreter.input(i).bytes.begin());
    }
    ThrowUnlessOk(interpreter.Invoke(), options.model);
    for (size_t i = 0; i < outputs.size(); ++i) {
      // Where nothing new came of a row, its outputs are those of the row before.
      const bool is_new = interpreter.has_new_outputs() || row == 0;
      const Span<uint8_t> from = is_new ? interpreter.output(i).bytes : outputs[i].row(row - 1);
      std::copy(from.begin(), from.end(), outputs[i].row(row).begin());
    }
  }
  for (size_t i = 0; i < outputs.size(); ++i) WriteNpy(options.outputs[i], outputs[i].array);
  return kExitOk;
}

}  // namespace

void AddRunCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("run", kDescription, kExamples);
  command
      .Add("model", &options->model,
           "A .tflite file, its manifest, a packed slot, or the name of a shipped model")
      .Required()
      .TypeName("MODEL");
  command
      .Add("--input", &options->inputs,
           "Rows for an input of the model; once per input, in the model's order")
      .Required()
      .TypeName("X.npy")
      .OneValueEach();
  command
      .Add("--output", &options->outputs,
           "Where the rows of the first output go; again for the second, and so on")
      .Required()
      .TypeName("O.npy")
      .OneValueEach();
  AddNumber(command, "--reset-every", &options->reset_every,
            "A model that remembers forgets everything before every N rows", 1, 1'000'000'000)
      .TypeName("N");
  AddMaxMemory(command);
  command.SetRun([options] { return RunModel(*options); });
}

}  // namespace earshot::host
