// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/commands/run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/commands/number_option.h"
#include "host/errors.h"
#include "host/model_file.h"
#include "host/npy.h"
#include "host/output_check.h"
#include "kernels/all_kernels.h"

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
    case TensorType::FLOAT32:
      return "<f4";
    default:
      return "";
  }
}

// One of the model's inputs with all its rows, or an output to be.
struct Rows {
  NpyArray array;
  size_t row_bytes = 0;

  size_t count() const { return array.shape[0]; }
  Span<uint8_t> row(size_t i) {
    return Span<uint8_t>(array.bytes).subspan(i * row_bytes, row_bytes);
  }
};

Rows ReadInput(const std::string& path, const TensorInfo& info) {
  Rows rows{ReadNpy(path), info.bytes};
  const std::string wanted = DescrOf(info.type);
  if (rows.array.descr != wanted) {
    throw InputError(fmt::format("{}: element type: found {}, wanted {} for the model's input '{}'",
                                 path, rows.array.descr, wanted, info.name));
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

std::vector<Rows> ReadInputs(const Options& options, const Interpreter& interpreter) {
  if (options.inputs.size() != interpreter.input_count()) {
    throw UsageError(fmt::format("{}: the model takes {} input(s): give --input as many times",
                                 options.model, interpreter.input_count()));
  }
  std::vector<Rows> inputs;
  for (size_t i = 0; i < options.inputs.size(); ++i) {
    inputs.push_back(ReadInput(options.inputs[i], interpreter.input(i).info));
    if (inputs[i].count() != inputs[0].count()) {
      throw InputError(fmt::format("{}: rows: found {}, wanted {} as in {}", options.inputs[i],
                                   inputs[i].count(), inputs[0].count(), options.inputs[0]));
    }
  }
  return inputs;
}

void CheckFiles(const Options& options) {
  std::vector<NamedFile> outputs;
  outputs.reserve(options.outputs.size());
  for (const std::string& path : options.outputs) outputs.push_back({"--output", path});
  CheckOutputs(outputs, [&options](const AddInput& add) {
    add(options.model);
    for (const std::string& path : options.inputs) add(path);
  });
}

int RunModel(const Options& options) {
  CheckFiles(options);
  AlignedBytes bytes = ReadModelBytes(options.model);
  Model model;
  LoadModel(options.model, bytes.span(), &model);
  ModelRunner runner;
  ThrowUnlessOk(MakeRunner(model, AllKernelsResolver(), &runner), options.model);
  Interpreter& interpreter = runner.interpreter;

  if (options.outputs.size() > interpreter.output_count()) {
    throw UsageError(fmt::format("{}: the model has {} output(s), {} were asked for", options.model,
                                 interpreter.output_count(), options.outputs.size()));
  }
  std::vector<Rows> inputs = ReadInputs(options, interpreter);
  const size_t count = inputs.empty() ? 1 : inputs[0].count();
  std::vector<Rows> outputs;
  for (size_t i = 0; i < options.outputs.size(); ++i) {
    outputs.push_back(MakeOutput(interpreter.output(i).info, count));
  }
  for (size_t row = 0; row < count; ++row) {
    if (options.reset_every != 0 && row % options.reset_every == 0) interpreter.ResetVariables();
    for (size_t i = 0; i < inputs.size(); ++i) {
      const Span<uint8_t> from = inputs[i].row(row);
      std::copy(from.begin(), from.end(), interpreter.input(i).bytes.begin());
    }
    ThrowUnlessOk(interpreter.Invoke(), options.model);
    for (size_t i = 0; i < outputs.size(); ++i) {
      const Span<uint8_t> from = interpreter.output(i).bytes;
      std::copy(from.begin(), from.end(), outputs[i].row(row).begin());
    }
  }
  for (size_t i = 0; i < outputs.size(); ++i) WriteNpy(options.outputs[i], outputs[i].array);
  return kExitOk;
}

}  // namespace

Command AddRunCommand(CLI::App& program) {
  const auto options = std::make_shared<Options>();
  CLI::App* app = AddCommandTo(program, "run", kDescription, kExamples);
  app->add_option("model", options->model, "A .tflite file, or the name of a shipped model")
      ->required()
      ->type_name("MODEL");
  app->add_option("--input", options->inputs,
                  "Rows for an input of the model; once per input, in the model's order")
      ->required()
      ->type_name("X.npy")
      ->allow_extra_args(false);
  app->add_option("--output", options->outputs,
                  "Where the rows of the first output go; again for the second, and so on")
      ->required()
      ->type_name("O.npy")
      ->allow_extra_args(false);
  AddNumber(app, "--reset-every", &options->reset_every,
            "A model that remembers forgets everything before every N rows", 1, 1'000'000'000)
      ->type_name("N");
  return {app, [options] { return RunModel(*options); }};
}

}  // namespace earshot::host
