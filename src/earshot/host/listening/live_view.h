// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The ListenOutput for people at a terminal: words scroll by as ordinary lines, and below them is a
// pane with level, spectrogram and scores.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string_view>

#include "earshot/host/console/terminal_text.h"
#include "earshot/host/listening/listen_output.h"

namespace earshot::host {

// How a terminal is reached.
struct LiveTerminal {
  // Writes all of it at once. What it throws goes to who called the output, but for Finish().
  std::function<void(std::string_view)> write;
  std::function<TerminalSize()> size;  // Asked for each picture.
  std::function<std::chrono::steady_clock::time_point()> now;
  TerminalStyle style;
};

// Standard output, written to as by WriteStandardOutput(); in colour as ColourWanted() says, in
// UTF-8 if that is the locale's (the first of LC_ALL, LC_CTYPE and LANG that is set).
LiveTerminal StandardOutputTerminal();

// Whether standard output is a terminal on which the live view can move its cursor about.
bool StandardOutputShowsLiveView();

// Draws in Tick(), at most 15 times a second, and with each word and notice. Whatever is written
// ends with the terminal as it was found: cursor visible, colours and modes as usual, the cursor on
// an empty line above the pane, where whatever else writes to the terminal stays legible. Finish(),
// or the destructor without it, wipes the pane out; Finish() leaves a line with the totals.
//
// After a failed write nothing more is written: only the first one throws.
std::unique_ptr<ListenOutput> MakeLiveView(LiveTerminal terminal = StandardOutputTerminal());

}  // namespace earshot::host
