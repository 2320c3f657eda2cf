// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot-embed: turns a model, with all that it needs, into C++, or packs it for a model slot. Run
// by builds, on the host, and the first thing that a build for a board compiles: so it is small,
// and reads its arguments itself.

#include <algorithm>
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

// The earshot program's exit codes for the same causes.
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
  std::vector<std::string> needed = {"--model"};
  if (options["--slot"].empty()) needed.insert(needed.end(), {"--name", "--out-dir"});
  for (const std::string& name : needed) {
    if (options[name].empty()) throw std::invalid_argument(name + ": is missing");
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
  const MeasuredModel measured = MeasureModel(model);
  const std::filesystem::path folder = options.at("--out-dir");
  std::filesystem::create_directories(folder);
  WriteText(folder / (file_name + ".h"), HeaderText(name, measured));
  WriteText(folder / (file_name + ".cc"), SourceText(name, model, measured));
}

void Pack(const Options& options, const SpotterModel& model) {
  const PackedModel packed = PackModel(model, options.at("--slot-name"));
  const Span<const uint8_t> bytes = packed.bytes.span();
  const std::string& most = options.at("--slot-bytes");
  if (!most.empty() && bytes.size() > std::stoull(most)) {
    throw ModelError(model.origin + ": packed: found " + std::to_string(bytes.size()) +
                     " bytes, wanted at most " + most + " (--slot-bytes)");
  }
  WriteText(options.at("--slot"), std::string(bytes.begin(), bytes.end()));
}

void Run(const Options& options) {
  if (options.at("--slot").empty()) SnakeCase(options.at("--name"));  // Its error comes first.
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
  } catch (const std::invalid_argument& error) {
    return Fail(kExitUsage, std::string("--name: ") + error.what());
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
