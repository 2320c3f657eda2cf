// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The earshot program: reads the command line, runs one command, answers with its exit code.

#include <exception>
#include <new>

#include "earshot/host/commands/classify.h"
#include "earshot/host/commands/devices.h"
#include "earshot/host/commands/evaluate.h"
#include "earshot/host/commands/features.h"
#include "earshot/host/commands/inspect.h"
#include "earshot/host/commands/listen.h"
#include "earshot/host/commands/mic_check.h"
#include "earshot/host/commands/mix.h"
#include "earshot/host/commands/pack.h"
#include "earshot/host/commands/run.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot classify recording.wav              which word is it?\n"
    "  earshot listen                              hear words at the microphone\n"
    "  earshot classify --jsonl recordings/        a whole directory, for programs\n"
    "  earshot evaluate recordings/ --model M      how good is this model?\n"
    "  earshot inspect model.tflite                will this model run, in how much memory?\n"
    "  earshot classify --help                     more about one command\n";

int Main(int argc, char** argv) {
  OpenStandardFiles();
  IgnoreOutputSignals();
  Program program("Earshot hears a few words: keyword spotting on any machine.", kExamples,
                  "earshot " EARSHOT_VERSION);
  AddClassifyCommand(program);
  AddDevicesCommand(program);
  AddEvaluateCommand(program);
  AddFeaturesCommand(program);
  AddInspectCommand(program);
  AddListenCommand(program);
  AddMicCheckCommand(program);
  AddMixCommand(program);
  AddPackCommand(program);
  AddRunCommand(program);
  try {
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
