// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options of commands that hear sound: which microphone, and which of its channels or a
// recording's.
#pragma once

#include <string>

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

// Adds --device to `command`: MicrophoneChoice::device goes to `device`.
void AddDeviceOption(CommandLine& command, std::string* device);

// What is heard.
enum class ChannelOf {
  kStream,     // A microphone or a pipe: it comes once.
  kRecording,  // A file, which can be read twice: "best" is its loudest channel.
};

// Adds --channel to `command`; what is given there goes to `channel`, for ParseChannel().
void AddChannelOption(CommandLine& command, ChannelOf what, std::string* channel);

// What --channel says: a number from 1 on; mix, or nothing: kAllChannels; best: kBestChannel.
// Throws UsageError.
int ParseChannel(const std::string& text, ChannelOf what);

}  // namespace earshot::host
