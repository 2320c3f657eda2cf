// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What `earshot listen` hears as text: for people and for programs. docs/cli.md describes both.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "earshot/host/listening/listen_output.h"

namespace earshot::host {

// Takes whole lines; throws OutputClosed or InputError, as WriteStandardOutput().
using TextSink = std::function<void(std::string_view)>;
// Takes a line without its end, as Warn().
using WarningSink = std::function<void(std::string_view)>;

// One line per word through `write`; notices and lost sound through `warn`. `quiet`: neither what
// is listened to nor the sums at the end.
std::unique_ptr<ListenOutput> MakePlainListenOutput(TextSink write, WarningSink warn, bool quiet);

// One JSON object per line and event, all through `write`.
std::unique_ptr<ListenOutput> MakeJsonlListenOutput(TextSink write);

}  // namespace earshot::host
