// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/microphone_list.h"

#include <fmt/format.h>
#include <portaudio.h>

#include <algorithm>

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/listening/port_audio.h"

namespace earshot::host {
namespace {

// ALSA's plug-ins claim 128, PulseAudio's 32; interfaces for studios rarely get there.
constexpr int kChannelsOfConverters = 32;

std::string LowerCase(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

bool IsNumber(const std::string& text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string Several(const std::vector<const MicrophoneInfo*>& found, const std::string& device) {
  std::string text = fmt::format("{}: {} microphones have such a name: ", device, found.size());
  for (const MicrophoneInfo* info : found) {
    text += fmt::format("{}{} ({}, {})", info == found.front() ? "" : "; ", info->index, info->name,
                        info->host_api);
  }
  return text;
}

}  // namespace

std::vector<MicrophoneInfo> ListMicrophones() {
  const std::shared_ptr<PortAudio> audio = PortAudio::Get();
  const PaDeviceIndex default_index = Pa_GetDefaultInputDevice();
  std::vector<MicrophoneInfo> microphones;
  for (PaDeviceIndex index = 0; index < Pa_GetDeviceCount(); ++index) {
    const PaDeviceInfo* device = Pa_GetDeviceInfo(index);
    if (device == nullptr || device->maxInputChannels < 1) continue;
    const PaHostApiInfo* api = Pa_GetHostApiInfo(device->hostApi);
    microphones.push_back({index, device->name, api == nullptr ? "" : api->name,
                           device->maxInputChannels, device->defaultSampleRate,
                           index == default_index});
  }
  return microphones;
}

const MicrophoneInfo& ChooseMicrophone(const std::vector<MicrophoneInfo>& microphones,
                                       const std::string& device) {
  if (microphones.empty()) throw DeviceError("no microphone was found");
  const std::string wanted = LowerCase(device);
  std::vector<const MicrophoneInfo*> same;
  std::vector<const MicrophoneInfo*> similar;
  for (const MicrophoneInfo& info : microphones) {
    if (device.empty() ? info.is_default : device == fmt::format("{}", info.index)) return info;
    const std::string name = LowerCase(info.name);
    if (name == wanted) same.push_back(&info);
    if (name.find(wanted) != std::string::npos) similar.push_back(&info);
  }
  constexpr char kHint[] = "earshot devices lists all";
  if (device.empty()) throw DeviceError(fmt::format("no microphone is the default; {}", kHint));
  if (IsNumber(device)) {
    throw DeviceError(fmt::format("{}: no microphone has this index; {}", device, kHint));
  }
  const std::vector<const MicrophoneInfo*>& found = same.empty() ? similar : same;
  if (found.empty()) {
    throw DeviceError(fmt::format("{}: no microphone has such a name; {}", device, kHint));
  }
  if (found.size() > 1) throw DeviceError(Several(found, device));
  return *found.front();
}

int ChannelsToOpen(int device_channels, int channel) {
  if (channel < 0 || channel > device_channels) {
    throw DeviceError(fmt::format("channel: found {}, wanted 1 to {}", channel, device_channels));
  }
  if (device_channels < kChannelsOfConverters) return device_channels;
  return channel == kAllChannels ? 1 : std::max(channel, 2);
}

}  // namespace earshot::host
