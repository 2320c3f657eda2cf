// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "earshot/host/console/standard_output.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/microphone.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

constexpr char kExamples[] =
    "  earshot devices                             which microphones are there?\n"
    "  earshot devices --json                      the same for programs\n";

constexpr char kDescription[] =
    "Lists the microphones of this computer: what `earshot listen` takes as a device. Exit code 0: "
    "there are some, 5: there are none.";

std::string Table(const std::vector<MicrophoneInfo>& microphones) {
  // Names come from devices and configuration files.
  size_t widest = std::string("host API").size();
  bool any_default = false;
  for (const MicrophoneInfo& info : microphones) {
    widest = std::max(widest, Visible(info.host_api).size());
    any_default = any_default || info.is_default;
  }
  std::string text =
      fmt::format("  index  channels  native rate  {:<{}}  name\n", "host API", widest);
  for (const MicrophoneInfo& info : microphones) {
    text += fmt::format("{} {:>5}  {:>8}  {:>8.0f} Hz  {:<{}}  {}\n", info.is_default ? '*' : ' ',
                        info.index, info.channels, info.native_rate_hz, Visible(info.host_api),
                        widest, Visible(info.name));
  }
  return text + (any_default ? "\n* the default\n" : "");
}

Json ToJson(const std::vector<MicrophoneInfo>& microphones) {
  Json devices = Json::array();
  for (const MicrophoneInfo& info : microphones) {
    devices.push_back({{"index", info.index},
                       {"name", info.name},
                       {"host_api", info.host_api},
                       {"channels", info.channels},
                       {"native_rate_hz", info.native_rate_hz},
                       {"default", info.is_default}});
  }
  return {{"v", 1}, {"devices", std::move(devices)}};
}

int ListDevices(bool as_json) {
  const std::vector<MicrophoneInfo> microphones = ListMicrophones();
  if (as_json) {
    const Json json = ToJson(microphones);
    WriteStandardOutput(json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
  }
  if (microphones.empty()) throw DeviceError("no microphone was found");
  if (!as_json) WriteStandardOutput(Table(microphones));
  return kExitOk;
}

}  // namespace

void AddDevicesCommand(Program& program) {
  const auto as_json = std::make_shared<bool>(false);
  CommandLine command = program.AddCommand("devices", kDescription, kExamples);
  command.AddFlag("--json", as_json.get(), "Write one JSON object instead of text");
  command.SetRun([as_json] { return ListDevices(*as_json); });
}

}  // namespace earshot::host
