// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/level_protocol.h"

#include <nlohmann/json.hpp>

namespace earshot::host {
namespace {

using nlohmann::json;

constexpr int64_t kFullScale = 32768;
constexpr int64_t kMost = int64_t{1} << 53;  // Far beyond what a board counts.

// Whether there is such an integer in this range.
template <typename T>
bool Read(const json& object, const char* key, int64_t lowest, int64_t highest, T* value) {
  const auto member = object.find(key);
  if (member == object.end() || !member->is_number_integer()) return false;
  if (member->is_number_unsigned() && member->get<uint64_t>() > static_cast<uint64_t>(kMost)) {
    return false;
  }
  const auto number = member->get<int64_t>();
  if (number < lowest || number > highest) return false;
  *value = static_cast<T>(number);
  return true;
}

}  // namespace

LineKind ParseLevelLine(const std::string& text, LevelLine* line) {
  const json object = json::parse(text, nullptr, false);
  if (object.is_discarded() || !object.is_object()) {
    return text.find("\"level\"") == std::string::npos ? LineKind::kOther : LineKind::kDamaged;
  }
  const auto event = object.find("event");
  if (event == object.end() || *event != "level") return LineKind::kOther;
  *line = LevelLine();
  int64_t time_ms = 0;
  const bool complete = Read(object, "time_ms", 0, kMost, &time_ms) &&
                        Read(object, "samples", 0, kMost, &line->samples) &&
                        Read(object, "dc", -kFullScale, kFullScale, &line->dc) &&
                        Read(object, "rms", 0, kFullScale, &line->rms) &&
                        Read(object, "peak", 0, kFullScale, &line->peak) &&
                        Read(object, "clipped", 0, line->samples, &line->clipped) &&
                        Read(object, "dropped", 0, kMost, &line->dropped);
  line->time_ms = time_ms;
  return complete ? LineKind::kLevel : LineKind::kDamaged;
}

}  // namespace earshot::host
