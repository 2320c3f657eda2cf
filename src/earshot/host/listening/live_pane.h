// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How a LivePicture looks: lines of text for the bottom of a terminal.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/console/terminal_text.h"
#include "earshot/host/listening/live_picture.h"

namespace earshot::host {

// Heading, level, spectrogram, scores and totals. What does not fit is left out: a third of the
// terminal's rows, and two at least, remain for what stands above. No line is wider than the
// terminal; without colour none has escape sequences.
std::vector<std::string> PaneLines(const LivePicture& picture, TerminalSize size,
                                   TerminalStyle style);

// The end: one line of plain text about all that was heard.
std::string Summary(const ListenTotals& totals);

}  // namespace earshot::host
