// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot-embed: turns a model and its manifest into C++. Run by the build, on the host.

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "base/aligned_bytes.h"
#include "models/embedding/measured_model.h"
#include "models/embedding/model_source.h"
#include "models/manifest.h"
#include "models/model_files.h"

namespace earshot {
namespace {

// The earshot program's exit codes for the same causes.
enum ExitCode : int { kExitOk = 0, kExitUsage = 2, kExitBadInput = 3, kExitBadModel = 4 };

struct Options {
  std::string model;
  std::string manifest;
  std::string name;
  std::string out_dir;
};

// Throws std::runtime_error where the file cannot be written.
void WriteText(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) throw std::runtime_error(path.string() + ": cannot be written");
}

void Embed(const Options& options) {
  const std::string file_name = SnakeCase(options.name);
  const ModelFiles files = FindModelFiles(options.model, options.manifest);
  if (files.manifest.empty()) throw ModelFileError(NoManifestText(files.model));
  const AlignedBytes model = ReadModelFile(files.model);
  const Manifest manifest = LoadManifestOf(files, model.span());
  CheckStandardFrontend(manifest, files.manifest);
  const MeasuredModel measured = MeasureModel(model.span(), manifest, {}, files.manifest);

  const std::filesystem::path folder = options.out_dir;
  std::filesystem::create_directories(folder);
  WriteText(folder / (file_name + ".h"), HeaderText(options.name, measured));
  WriteText(folder / (file_name + ".cc"),
            SourceText(options.name, model.span(), manifest, measured));
}

int Fail(ExitCode code, const std::string& message) {
  std::fprintf(stderr, "earshot-embed: %s\n", message.c_str());
  return code;
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app(
      "earshot-embed --model model.tflite --manifest manifest.json --name kTinyConvYesNo"
      " --out-dir DIR\n\n"
      "Writes DIR/tiny_conv_yes_no.h and .cc: the model as a constant (models/embedded_model.h).");
  app.add_option("--model", options.model, ".tflite file, or its manifest")->required();
  app.add_option("--manifest", options.manifest,
                 "its manifest, if it is neither NAME.json nor manifest.json beside the model");
  app.add_option("--name", options.name, "the constant's name")->required();
  app.add_option("--out-dir", options.out_dir, "folder for the two files")->required();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  try {
    Embed(options);
  } catch (const std::invalid_argument& error) {
    return Fail(kExitUsage, std::string("--name: ") + error.what());
  } catch (const ModelError& error) {
    return Fail(kExitBadModel, options.model + ": " + error.what());
  } catch (const std::exception& error) {
    return Fail(kExitBadInput, error.what());
  }
  return kExitOk;
}

}  // namespace
}  // namespace earshot

int main(int argc, char** argv) { return earshot::Main(argc, argv); }
