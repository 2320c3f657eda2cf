// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Options of commands that listen to a microphone.
#pragma once

#include <string>

namespace earshot::host {

// What --channel says, as MicrophoneChoice::channel: a number from 1 on, or mix. Throws UsageError.
int ParseChannel(const std::string& text);

}  // namespace earshot::host
