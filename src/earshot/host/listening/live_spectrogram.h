// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A scrolling spectrogram made of characters.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "earshot/host/console/terminal_text.h"

namespace earshot::host {

// In each column a brightness from 0 to 255 for each channel, the lowest first; the newest column
// last.
using Spectrogram = std::deque<std::vector<uint8_t>>;

// `rows` lines, the highest channels on top, of `columns` cells; the newest column at the
// right. In colour a row shows two groups of
// channels, as the two halves of its cells (in ASCII: one, as cells' backgrounds); without colour
// one, by how dense a character is. A group shows its loudest channel.
std::vector<std::string> SpectrogramLines(const Spectrogram& spectrogram, int columns, int rows,
                                          TerminalStyle style);

}  // namespace earshot::host
