// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/event_units.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace earshot::host {
namespace {

struct Unit {
  const char* name;
  double per_second;
  const char* divisor;
};

// What programs count times in that do not count seconds.
constexpr char kSamples[] = "samples";
constexpr char kRate[] = "the sample rate";
constexpr Unit kUnits[] = {{"frames of 20 ms", 50, "50"},     {"frames of 10 ms", 100, "100"},
                           {"milliseconds", 1e3, "1000"},     {kSamples, 8000, kRate},
                           {kSamples, 16000, kRate},          {kSamples, 44100, kRate},
                           {"microseconds", 1e6, "1000000"},  {"units of 100 ns", 1e7, "10000000"},
                           {"nanoseconds", 1e9, "1000000000"}};

constexpr double kUsualWordSeconds = 0.5;

double MedianDuration(const std::vector<SaidWord>& words) {
  std::vector<double> durations;
  durations.reserve(words.size());
  for (const SaidWord& word : words) durations.push_back(word.end - word.start);
  const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
  std::nth_element(durations.begin(), middle, durations.end());
  return *middle;
}

// Of the units in which all would fit, the one in which words are as long as words are; null: none.
const Unit* LikelyUnit(const std::vector<SaidWord>& words, double last, double limit) {
  // Words without a length tell nothing: then the first unit in which they fit.
  const double duration = std::max(MedianDuration(words), 0.0);
  const auto strangeness = [duration](const Unit& unit) {
    return duration > 0 ? std::abs(std::log(duration / unit.per_second / kUsualWordSeconds)) : 0;
  };
  constexpr Unit kSeconds = {"seconds", 1, "1"};
  const Unit* likely = nullptr;
  for (const Unit& unit : kUnits) {
    if (last / unit.per_second > limit) continue;
    if (likely == nullptr || strangeness(unit) < strangeness(*likely)) likely = &unit;
  }
  const bool are_seconds = likely != nullptr && strangeness(kSeconds) < strangeness(*likely);
  return are_seconds ? nullptr : likely;
}

}  // namespace

std::optional<Unread> EventBehindTheEnd(const LabelledStream& stream, double seconds) {
  const double limit = seconds + kMostOverhangSeconds;
  const SaidWord* first = nullptr;  // In the order of the file.
  double last = 0;
  for (const SaidWord& word : stream.words) {
    last = std::max(last, word.end);
    if (word.end > limit && (first == nullptr || word.line < first->line)) first = &word;
  }
  if (first == nullptr) return std::nullopt;
  std::string text = fmt::format(
      "found \"{}\" from {} to {} s, wanted times within the recording, which has {:.2f} s",
      first->word, first->start, first->end, seconds);
  if (const Unit* unit = LikelyUnit(stream.words, last, limit); unit != nullptr) {
    text += fmt::format("; these look like {}: divide them by {}", unit->name, unit->divisor);
  } else {
    text += "; is it the list of another recording?";
  }
  return Unread{fmt::format("{}:{}", FindEventList(stream.path), first->line), text};
}

}  // namespace earshot::host
