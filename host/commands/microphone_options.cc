// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/commands/microphone_options.h"

#include "host/errors.h"
#include "host/listening/stream_converter.h"
#include "host/number_text.h"

namespace earshot::host {

void AddDeviceOption(CLI::App* app, std::string* device) {
  app->add_option("--device", *device,
                  "A microphone's number or a part of its name (earshot devices lists them); "
                  "default: the default microphone")
      ->type_name("NAME|INDEX");
}

void AddChannelOption(CLI::App* app, std::string* channel) {
  app->add_option("--channel", *channel, "The one to hear, from 1 on, or (default) the mean of all")
      ->type_name("N|mix");
}

int ParseChannel(const std::string& text) {
  if (text == "mix") return kAllChannels;
  int channel = 0;
  if (!ReadNumber(text, &channel) || channel < 1) {
    throw UsageError("--channel: found " + text + ", wanted a number from 1 on, or mix");
  }
  return channel;
}

}  // namespace earshot::host
