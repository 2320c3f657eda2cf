// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot-embed: turns a model, with all that it needs, into C++, or packs it for a model slot. Run
// by builds, on the host, and the first thing that a build for a board compiles: so it is small,
// and reads its arguments itself.

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/models/embedding/measured_model.h"
#include "earshot/models/embedding/model_source.h"
#include "earshot/models/embedding/packed_model.h"
#include "earshot/models/model_error.h"
#include "earshot/models/spotter_model.h"

namespace earshot {
namespace {

// The numbers are the earshot program's. Files that cannot be read, or do not hold what they
// should, are bad input here, a model's too; a bad model is one that is sound as a file.
enum ExitCode : int { kExitOk = 0, kExitUsage = 2, kExitBadInput = 3, kExitBadModel = 4 };

constexpr char kUsage[] =
    "earshot-embed --model FILE [--manifest FILE] --name kTinyConvYesNo --out-dir DIR\n"
    "    writes DIR/tiny_conv_yes_no.h and .cc: the model as a constant "
    "(earshot/models/embedded_model.h)\n"
    "earshot-embed --model FILE [--manifest FILE] --slot FILE [--slot-name NAME] [--slot-bytes N]\n"
    "    writes the same file as `earshot pack`, of at most so many bytes\n"
    "FILE of --model is a .tflite file, its manifest, or a packed slot; --manifest is for a "
    "manifest\n"
    "that is neither NAME.json nor manifest.json beside the model.\n";

// Values by the options' names; empty: not given.
using Options = std::map<std::string, std::string>;

// Throws std::invalid_argument where an option is missing, or one is there that would do nothing.
void CheckUse(const Options& options) {
  std::vector<std::string> needed = {"--model"};
  if (options.at("--slot").empty()) {
    needed.insert(needed.end(), {"--name", "--out-dir"});
    for (const char* name : {"--slot-name", "--slot-bytes"}) {
      if (!options.at(name).empty())
        throw std::invalid_argument(name + std::string(" needs --slot"));
    }
  }
  for (const std::string& name : needed) {
    if (options.at(name).empty()) throw std::invalid_argument(name + ": is missing");
  }
}

// Of --slot-bytes; without it there is no limit. Throws std::invalid_argument.
size_t MostSlotBytes(const Options& options) {
  const std::string& text = options.at("--slot-bytes");
  size_t most = SIZE_MAX;
  if (text.empty()) return most;
  const char* const end = text.data() + text.size();
  if (const auto read = std::from_chars(text.data(), end, most);
      read.ec == std::errc() && read.ptr == end && most != 0) {
    return most;
  }
  throw std::invalid_argument("--slot-bytes: found " + text + ", wanted a number of bytes");
}

// Throws std::invalid_argument.
Options ReadOptions(const std::vector<std::string>& arguments) {
  Options options;
  for (const char* name :
       {"--model", "--manifest", "--name", "--out-dir", "--slot", "--slot-name", "--slot-bytes"}) {
    options[name];
  }
  for (size_t i = 0; i < arguments.size(); i += 2) {
    const auto option = options.find(arguments[i]);
    if (option == options.end()) throw std::invalid_argument(arguments[i] + ": no such option");
    if (i + 1 == arguments.size() || arguments[i + 1].empty()) {
      throw std::invalid_argument(arguments[i] + ": nothing behind it");
    }
    option->second = arguments[i + 1];
  }
  CheckUse(options);
  MostSlotBytes(options);
  try {
    if (options["--slot"].empty()) SnakeCase(options["--name"]);
  } catch (const std::invalid_argument& error) {
    throw std::invalid_argument(std::string("--name: ") + error.what());
  }
  return options;
}

// Throws std::runtime_error where the file cannot be written.
void WriteText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path.string() + ": cannot be written");
}

void Embed(const Options& options, const SpotterModel& model) {
  const std::string& name = options.at("--name");
  const std::string file_name = SnakeCase(name);
  const MeasuredModel measured = MeasureModel(model, true);
  const std::filesystem::path folder = options.at("--out-dir");
  std::filesystem::create_directories(folder);
  WriteText(folder / (file_name + ".h"), HeaderText(name, model, measured));
  WriteText(folder / (file_name + ".cc"), SourceText(name, model, measured));
}

void Pack(const Options& options, const SpotterModel& model) {
  const PackedModel packed = PackModel(model, options.at("--slot-name"));
  const Span<const uint8_t> bytes = packed.bytes.span();
  if (const size_t most = MostSlotBytes(options); bytes.size() > most) {
    throw ModelError(model.origin + ": packed: found " + std::to_string(bytes.size()) +
                     " bytes, wanted at most " + std::to_string(most) + " (--slot-bytes)");
  }
  WriteText(options.at("--slot"), std::string(bytes.begin(), bytes.end()));
}

// Throws ModelFileError where the slot to be written is a file of the model.
void CheckOverwritesNothing(const Options& options) {
  const std::string& slot = options.at("--slot");
  const ModelFiles files = FindModelFiles(options.at("--model"), options.at("--manifest"));
  for (const std::string& file : {files.model, files.manifest}) {
    std::error_code error;
    if (slot.empty() || !std::filesystem::equivalent(slot, file, error)) continue;
    throw ModelFileError("--slot: " + slot + ": is read as the model; wanted another file");
  }
}

void Run(const Options& options) {
  CheckOverwritesNothing(options);
  SpotterModelOptions how;
  how.standard_frontend = true;
  const SpotterModel model = LoadSpotterModel(options.at("--model"), options.at("--manifest"), how);
  const auto write = options.at("--slot").empty() ? Embed : Pack;
  write(options, model);
}

int Fail(ExitCode code, const std::string& message) {
  std::fprintf(stderr, "earshot-embed: %s\n", message.c_str());
  return code;
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments == std::vector<std::string>{"--help"}) {
    std::fputs(kUsage, stdout);
    return kExitOk;
  }
  Options options;
  try {
    options = ReadOptions(arguments);
  } catch (const std::invalid_argument& error) {
    return Fail(kExitUsage, error.what() + std::string("\n") + kUsage);
  }
  try {
    Run(options);
  } catch (const ModelFileError& error) {
    return Fail(kExitBadInput, error.what());
  } catch (const ModelError& error) {
    return Fail(kExitBadModel, error.what());
  } catch (const std::exception& error) {
    return Fail(kExitBadInput, error.what());
  }
  return kExitOk;
}

}  // namespace
}  // namespace earshot

int main(int argc, char** argv) {
  return earshot::Main(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
}
