// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/sound_options.h"

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/number_text.h"

namespace earshot::host {

void AddDeviceOption(CommandLine& command, std::string* device) {
  command
      .Add("--device", device,
           "A microphone's number or a part of its name (earshot devices lists them); "
           "default: the default microphone")
      .TypeName("NAME|INDEX");
}

void AddChannelOption(CommandLine& command, ChannelOf what, std::string* channel) {
  const bool is_recording = what == ChannelOf::kRecording;
  command
      .Add("--channel", channel,
           is_recording ? "The one to hear, from 1 on; of a recording, best: the loudest; "
                          "or (default) the mean "
                          "of all"
                        : "The one to hear, from 1 on, or (default) the mean of all")
      .TypeName(is_recording ? "N|mix|best" : "N|mix");
}

int ParseChannel(const std::string& text, ChannelOf what) {
  if (text.empty() || text == "mix") return kAllChannels;
  if (text == "best" && what == ChannelOf::kRecording) return kBestChannel;
  int channel = 0;
  if (ReadNumber(text, &channel) && channel >= 1) return channel;
  if (text == "best") {
    throw UsageError(
        "--channel: best is for recordings, which can be heard twice; wanted a number "
        "from 1 on, or mix");
  }
  throw UsageError("--channel: found " + text + ", wanted a number from 1 on, mix" +
                   (what == ChannelOf::kRecording ? " or best" : ""));
}

}  // namespace earshot::host
