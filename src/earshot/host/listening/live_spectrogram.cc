// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_spectrogram.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace earshot::host {
namespace {

// Of the 256 colours: from black by way of blue, purple and red to a light yellow. Foreground and
// background are always both set, so that the terminal's own colours do not matter.
constexpr std::array<int, 12> kPalette = {16, 17, 18, 54, 90, 126, 161, 203, 209, 215, 222, 230};

constexpr std::array<const char*, 5> kShades = {" ", "░", "▒", "▓", "█"};
constexpr std::array<const char*, 8> kAsciiShades = {" ", ".", ":", "-", "=", "+", "#", "@"};

// The loudest channel of group `group` of `groups`, counted from the top; 0 without a column.
uint8_t Loudest(const std::vector<uint8_t>* channels, int group, int groups) {
  if (channels == nullptr || channels->empty()) return 0;
  const size_t from_bottom = static_cast<size_t>(groups - 1 - group);
  const size_t count = static_cast<size_t>(groups);
  const size_t first = from_bottom * channels->size() / count;
  const size_t end = std::max(first + 1, (from_bottom + 1) * channels->size() / count);
  return *std::max_element(channels->begin() + static_cast<std::ptrdiff_t>(first),
                           channels->begin() + static_cast<std::ptrdiff_t>(end));
}

template <typename Value, size_t kSize>
Value Step(const std::array<Value, kSize>& steps, uint8_t brightness) {
  return steps[brightness * kSize / 256];
}

// A row of cells, of which each is written only as far as it differs from the one before.
class ColourRow {
 public:
  void Add(int upper, int lower, const char* half_block) {
    if (half_block != nullptr && upper != foreground_) {
      text_ += fmt::format("\033[38;5;{}m", upper);
      foreground_ = upper;
    }
    if (lower != background_) {
      text_ += fmt::format("\033[48;5;{}m", lower);
      background_ = lower;
    }
    text_ += half_block != nullptr ? half_block : " ";
  }
  std::string Take() { return std::move(text_) + "\033[0m"; }

 private:
  std::string text_;
  int foreground_ = -1;
  int background_ = -1;
};

}  // namespace

std::vector<std::string> SpectrogramLines(const Spectrogram& spectrogram, int columns, int rows,
                                          TerminalStyle style) {
  const auto column = [&](int x) -> const std::vector<uint8_t>* {
    const int index = static_cast<int>(spectrogram.size()) - columns + x;
    return index < 0 ? nullptr : &spectrogram[static_cast<size_t>(index)];
  };
  std::vector<std::string> lines;
  for (int row = 0; row < rows; ++row) {
    ColourRow coloured;
    std::string shaded;
    for (int x = 0; x < columns; ++x) {
      if (style.colour && style.utf8) {
        coloured.Add(Step(kPalette, Loudest(column(x), 2 * row, 2 * rows)),
                     Step(kPalette, Loudest(column(x), 2 * row + 1, 2 * rows)), "▀");
      } else if (style.colour) {
        const int colour = Step(kPalette, Loudest(column(x), row, rows));
        coloured.Add(colour, colour, nullptr);
      } else {
        const uint8_t brightness = Loudest(column(x), row, rows);
        shaded += style.utf8 ? Step(kShades, brightness) : Step(kAsciiShades, brightness);
      }
    }
    lines.push_back(style.colour ? coloured.Take() : shaded);
  }
  return lines;
}

}  // namespace earshot::host
