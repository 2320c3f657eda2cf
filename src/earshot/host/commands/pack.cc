// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "earshot/app/any_spotter.h"
#include "earshot/app/spotter_settings.h"
#include "earshot/host/commands/choice_option.h"
#include "earshot/host/commands/memory_option.h"
#include "earshot/host/commands/model_options.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/files/output_file.h"
#include "earshot/host/models/intel_hex.h"
#include "earshot/host/models/model_file.h"
#include "earshot/host/models/slot_report.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/embedding/packed_model.h"
#include "earshot/models/slot/slot_layout.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot pack --model model.tflite --out my_word.slot\n"
    "  earshot pack --model model.tflite --out my_word.slot --slot-bytes 65536\n"
    "  earshot pack --model model.tflite --out my_word.hex --format hex --address 0x0800B000\n"
    "  earshot pack --model my_word.slot --out other.slot --name other\n";

constexpr char kDescription[] =
    "Packs a model, its labels and its recognizer into one file for a device's model slot, so that "
    "the model can be exchanged without the program. What the device would refuse is refused here. "
    "Exit code 0: packed, 2: wrong arguments, 3: the file could not be written, 4: the model or "
    "its manifest cannot be used, or does not fit.";

constexpr uint64_t kAddressEnd = uint64_t{1} << 32;

struct Options {
  std::string model;
  std::string manifest;
  std::string name;
  std::string out;
  std::string address;
  std::optional<uint32_t> slot_bytes;
  std::optional<int32_t> strides_per_inference;
  bool hex = false;
};

// Where the slot begins in flash. Throws UsageError.
uint32_t ReadAddress(const Options& options) {
  if (options.address.empty()) throw UsageError("pack: --format hex needs --address");
  uint32_t address = 0;
  if (ReadNumber(options.address, &address) && address % kSlotAlignment == 0) return address;
  throw UsageError(fmt::format("--address: found {}, wanted a multiple of {} below 2^32",
                               options.address, kSlotAlignment));
}

// Goes the device's way with what was packed: the slot, the model in it, the memory that it names.
ModelSlot CheckAsADevice(const PackedModel& packed, const std::string& where) {
  ModelSlot slot;
  ThrowUnlessOk(OpenAnySlot(packed.bytes.span(), &slot), where);
  Model model;
  ThrowUnlessOk(Model::Load(slot.model_bytes(), &model), where);
  AlignedBytes memory(slot.spotter_bytes());
  AnySpotter spotter;
  ThrowUnlessOk(AnySpotter::Create(model, OperatorResolver(packed.kernels), slot.any_config(),
                                   memory.span(), &spotter),
                where);
  return slot;
}

std::string KernelLines(const std::vector<const Kernel*>& kernels) {
  std::string lines = "  kernels that the image must list:\n";
  for (const Kernel* kernel : kernels) lines += fmt::format("    &{},\n", KernelSymbol(*kernel));
  return lines;
}

int Pack(const Options& options) {
  const uint32_t address = options.hex ? ReadAddress(options) : 0;
  if (!options.hex && !options.address.empty()) {
    throw UsageError("pack: --address goes with --format hex");
  }
  CheckOutputs({{"--out", options.out}}, [&](const AddInput& add) {
    const ModelFiles files = FilesOf(options.model, options.manifest);
    add(files.model);
    add(files.manifest);
  });
  SpotterModelOptions how;
  how.strides_per_inference = options.strides_per_inference;
  how.standard_frontend = true;
  const PackedModel packed =
      PackModel(LoadChoice(options.model, options.manifest, how), options.name);
  const ModelSlot slot = CheckAsADevice(packed, options.model);
  const Span<const uint8_t> bytes = packed.bytes.span();
  if (options.slot_bytes && bytes.size() > *options.slot_bytes) {
    throw ModelError(fmt::format("{}: packed: found {} bytes, wanted at most {} (--slot-bytes)",
                                 options.model, bytes.size(), *options.slot_bytes));
  }
  if (options.hex) {
    if (address + uint64_t{bytes.size()} > kAddressEnd) {
      throw UsageError(fmt::format("--address: found {}, wanted one with {} bytes up to 2^32",
                                   options.address, bytes.size()));
    }
    WriteFile(options.out, IntelHex(address, bytes));
  } else {
    WriteFile(options.out, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  }
  std::string head = fmt::format("{}: {} bytes", Visible(options.out), bytes.size());
  if (options.hex) head += fmt::format(" at {:#010x}", address);
  if (options.slot_bytes) {
    head += fmt::format(", {} of {} free", *options.slot_bytes - bytes.size(), *options.slot_bytes);
  }
  WriteStandardOutput(head + "\n" + SlotText(slot) + KernelLines(packed.kernels));
  return kExitOk;
}

}  // namespace

void AddPackCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  CommandLine command = program.AddCommand("pack", kDescription, kExamples);
  command
      .Add("--model", &options->model,
           "A .tflite file, its manifest, a packed slot, or the name of a shipped model")
      .Required()
      .TypeName("MODEL");
  command
      .Add("--manifest", &options->manifest,
           "The model's manifest, if it is neither NAME.json nor manifest.json beside the "
           "model")
      .TypeName("FILE");
  command
      .Add("--name", &options->name,
           "What the device calls the model, up to 31 bytes; default: the wake word, or the "
           "name of the slot or shipped model")
      .TypeName("TEXT");
  command.Add("--out", &options->out, "The packed slot").Required().TypeName("FILE");
  AddNumber(command, "--slot-bytes", &options->slot_bytes,
            "Room on the device; a slot that is larger is refused", 1, UINT32_MAX)
      .TypeName("N");
  AddNumber(command, "--strides-per-inference", &options->strides_per_inference,
            "Ask the model only every N strides, in place of the manifest's number", 1,
            kSettingRanges.strides_per_inference.highest)
      .TypeName("N");
  AddMaxMemory(command);
  AddChoice(command, "--format", &options->hex, "bin: the bytes (default); hex: Intel HEX",
            {{"bin", false}, {"hex", true}});
  command.Add("--address", &options->address, "For hex: where the slot begins in flash")
      .TypeName("N");
  command.SetRun([options] { return Pack(*options); });
}

}  // namespace earshot::host
