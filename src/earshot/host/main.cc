// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The earshot program: reads the command line, runs one command, answers with its exit code.

#include <fmt/format.h>

#include <cstdlib>
#include <exception>
#include <new>
#include <string>

#include "earshot/earshot.h"
#include "earshot/host/commands/commands.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/kernels/kernel_sets.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot classify recording.wav              which word is it?\n"
    "  earshot listen                              hear words at the microphone\n"
    "  earshot classify --jsonl recordings/        a whole directory, for programs\n"
    "  earshot evaluate recordings/ --model M      how good is this model?\n"
    "  earshot inspect model.tflite                will this model run, in how much memory?\n"
    "  earshot classify --help                     more about one command\n";

// Users who ask for a set of kernels get that one or none.
void CheckKernelSet() {
  const char* name = std::getenv(kKernelSetVariable);
  if (name == nullptr || FindKernelSet(name) != nullptr) return;
  std::string available;
  for (const KernelSet* set : KernelSets()) {
    if (set->is_available()) available += (available.empty() ? "" : ", ") + std::string(set->name);
  }
  throw UsageError(std::string(kKernelSetVariable) + "=" + name +
                   ": no such kernels for this processor; there are " + available);
}

int Main(int argc, char** argv) {
  OpenStandardFiles();
  IgnoreOutputSignals();
  Program program("Earshot hears a few words: keyword spotting on any machine.", kExamples,
                  fmt::format("earshot {}.{}.{}", EARSHOT_VERSION_MAJOR, EARSHOT_VERSION_MINOR,
                              EARSHOT_VERSION_PATCH));
#define EARSHOT_ADD_COMMAND(Name) Add##Name##Command(program);
  EARSHOT_COMMANDS(EARSHOT_ADD_COMMAND)
#undef EARSHOT_ADD_COMMAND
  try {
    CheckKernelSet();
    return program.Run(argc, argv);
  } catch (const OutputClosed&) {
    return kExitOk;
  } catch (const UsageError& error) {
    Warn(error.what());
    return kExitUsage;
  } catch (const ModelError& error) {
    Warn(error.what());
    return kExitBadModel;
  } catch (const DeviceError& error) {
    Warn(error.what());
    return kExitDevice;
  } catch (const std::bad_alloc&) {
    WarnOutOfMemory();
    return kExitBadInput;
  } catch (const std::exception& error) {
    Warn(error.what());
    return kExitBadInput;
  } catch (...) {
    Warn("an exception of an unknown kind");
    return kExitBadInput;
  }
}

}  // namespace
}  // namespace earshot::host

int main(int argc, char** argv) { return earshot::host::Main(argc, argv); }
