// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/files/npy.h"
#include "earshot/host/models/model_file.h"
#include "earshot/host/models/model_report.h"
#include "earshot/host/models/stack_depth.h"
#include "earshot/host/models/target_memory.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/model.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/run_model.h"

namespace earshot::test {
namespace {

using Rows = std::vector<std::vector<uint8_t>>;

struct Loaded {
  explicit Loaded(const std::string& name, AlignedBytes bytes) : file(std::move(bytes)) {
    Status status = Model::Load(file.span(), &model);
    if (status.ok()) status = host::MakeRunner(name, model, DeviceKernelsResolver(), &runner);
    if (!status.ok()) throw std::runtime_error(name + ": " + Text(status));
  }

  AlignedBytes file;
  Model model;
  host::ModelRunner runner;
};

// What `earshot inspect --target` tells: the arena, then how many processors, and of each its name
// and how deep the stack gets; no limit where stack_table.inc does not have all kernels yet.
void WriteMemory(FieldWriter& writer, const Model& model) {
  const host::ModelReport report = host::ReportModel(model);
  writer.Value(static_cast<uint32_t>(report.arena_bytes));
  const std::vector<std::string>& targets = host::StackTargets();
  writer.Value(static_cast<uint32_t>(targets.size()));
  for (const std::string& target : targets) {
    const auto memory = host::MeasureTargetMemory(report, target);
    const host::StackDepth depth =
        memory.stack.value_or(host::StackDepth{UINT32_MAX, UINT32_MAX, UINT32_MAX});
    writer.Text(target);
    writer.Value(depth.load);
    writer.Value(depth.set_up);
    writer.Value(depth.inference);
  }
}

void WriteHead(FieldWriter& writer, const std::string& name, const Loaded& loaded, size_t rows) {
  writer.Text(name);
  writer.Array(loaded.file.span());
  WriteMemory(writer, loaded.model);
  writer.Value(static_cast<uint32_t>(rows));
  writer.Value(static_cast<uint32_t>(loaded.runner.interpreter.input_count() +
                                     loaded.runner.interpreter.output_count()));
}

void WriteKernelCase(FieldWriter& writer, const KernelCase& kernel_case, bool is_shifted) {
  AlignedBytes file = kernel_case.model.Build();
  if (is_shifted) file = ShiftedByFour(file.span());
  Loaded loaded(kernel_case.name, std::move(file));
  WriteHead(writer, kernel_case.name, loaded, 1);
  const RunResult result = RunModel(kernel_case.model, kernel_case.inputs);
  if (!result.status.ok()) throw std::runtime_error(kernel_case.name + ": " + Text(result.status));
  for (const auto& input : kernel_case.inputs) writer.Array(input);
  for (const auto& output : result.outputs) writer.Array(output);
}

// The first rows of "<set>.in<i>.npy" and "<set>.out<i>.npy": all inputs of a row, all its outputs.
void WriteRows(FieldWriter& writer, const std::string& path, const Loaded& loaded, size_t rows) {
  const auto load = [&](const char* kind, size_t count) {
    std::vector<host::NpyArray> arrays;
    for (size_t i = 0; i < count; ++i) {
      arrays.push_back(host::ReadNpy(path + kind + std::to_string(i) + ".npy"));
      if (arrays.back().shape[0] < rows) throw std::runtime_error(path + ": too few rows");
    }
    return arrays;
  };
  const auto inputs = load(".in", loaded.runner.interpreter.input_count());
  const auto outputs = load(".out", loaded.runner.interpreter.output_count());
  for (size_t row = 0; row < rows; ++row) {
    for (const auto* arrays : {&inputs, &outputs}) {
      for (const host::NpyArray& array : *arrays) {
        const size_t bytes = array.bytes.size() / array.shape[0];
        writer.Array(Span<const uint8_t>(array.bytes).subspan(row * bytes, bytes));
      }
    }
  }
}

}  // namespace

void MakeKernelData(const std::string& folder) {
  FieldWriter writer(folder + "kernels");
  for (const auto& cases : AllKernelCases()) {
    // Every other file is one of a tool that aligned nothing to more than four bytes.
    bool is_shifted = false;
    for (const KernelCase& kernel_case : cases) {
      WriteKernelCase(writer, kernel_case, is_shifted);
      is_shifted = !is_shifted;
    }
  }
}

void MakeModelData(const std::string& folder) {
  FieldWriter writer(folder + "models");
  if (SharedDir().empty()) return;
  struct GoldenModel {
    const char* name;
    const char* set;
    size_t rows;
  };
  for (const GoldenModel& golden :
       {GoldenModel{"hello_world_int8", "rand", 20}, GoldenModel{"hello_world_float", "real", 10},
        GoldenModel{"micro_speech_quantized", "rand", 20},
        GoldenModel{"micro_speech_quantized", "real", 10}, GoldenModel{"simple_add", "rand", 1},
        GoldenModel{"keyword_scrambled_8bit", "rand", 5}, GoldenModel{"kws_ref_model", "rand", 5},
        GoldenModel{"str_ww_ref_model", "rand", 3}, GoldenModel{"ad01_int8", "rand", 2},
        GoldenModel{"pretrainedResnet_quant", "rand", 1}, GoldenModel{"person_detect", "rand", 1},
        GoldenModel{"mww_v1_okay_nabu", "rand", 5}, GoldenModel{"mww_v2_hey_jarvis", "rand", 5},
        GoldenModel{"mww_v2_okay_nabu", "rand", 5}, GoldenModel{"mww_v2_vad", "real", 20}}) {
    const std::string name = golden.name;
    const Loaded loaded(name, AlignedBytes(ReadBytes(SharedPath("models/" + name + ".tflite"))));
    WriteHead(writer, name + " " + golden.set, loaded, golden.rows);
    WriteRows(writer, SharedPath("golden/nn/" + name + "/" + golden.set), loaded, golden.rows);
  }
}

}  // namespace earshot::test
