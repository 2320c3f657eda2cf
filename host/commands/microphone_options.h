// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options of commands that listen to a microphone.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace earshot::host {

// Adds --device to `app`: MicrophoneChoice::device goes to `device`.
void AddDeviceOption(CLI::App* app, std::string* device);

// Adds --channel to `app`; what is given there goes to `channel`, for ParseChannel().
void AddChannelOption(CLI::App* app, std::string* channel);

// What --channel says, as MicrophoneChoice::channel: a number from 1 on, or mix. Throws UsageError.
int ParseChannel(const std::string& text);

}  // namespace earshot::host
