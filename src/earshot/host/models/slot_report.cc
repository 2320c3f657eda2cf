// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/slot_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>
#include <vector>

#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/host/console/terminal_text.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

std::string Digits(Span<const uint8_t> bytes) {
  return fmt::format("{:02x}", fmt::join(bytes.begin(), bytes.end(), ""));
}

std::vector<std::string> Labels(const ModelSlot& slot) {
  std::vector<std::string> labels;
  for (size_t i = 0; i < slot.label_count(); ++i) labels.emplace_back(slot.label(i));
  return labels;
}

nlohmann::ordered_json SettingJson(int64_t value, SettingUnit unit) {
  if (unit == SettingUnit::kScore) return ScoreOf(static_cast<uint8_t>(value));
  return value;
}

}  // namespace

std::string SlotText(const ModelSlot& slot) {
  const SpotterConfig config = slot.any_config();
  const RecognizerConfig& recognizer = config.recognizer;
  std::vector<std::string> labels = Labels(slot);
  for (size_t i = 0; i < labels.size(); ++i) {
    labels[i] = Visible(labels[i]);
    if (IsBackground(recognizer.background_labels, i)) labels[i] = "(" + labels[i] + ")";
  }
  std::string text = fmt::format("  name        {}\n", Visible(slot.name()));
  text += fmt::format("  labels      {}\n", fmt::join(labels, ", "));
  text += fmt::format("  model       {} bytes, SHA-256 {}\n", slot.model_bytes().size(),
                      Digits(slot.sha256()));
  text += fmt::format("  memory      {} bytes exactly; an interpreter alone {}\n",
                      slot.spotter_bytes(), slot.arena_bytes());
  text += fmt::format("  asked       every {} ms (stride {} ms)\n",
                      config.stride_ms * config.strides_per_inference, config.stride_ms);
  if (config.context_ms != 0) text += fmt::format("  context     {} ms\n", config.context_ms);
  text += fmt::format(
      "  recognizer  average over {} ms, at least {} results; above {:.3f}, again below {:.3f} and "
      "after {} ms\n",
      recognizer.average_window_ms, recognizer.minimum_count, ScoreOf(recognizer.threshold),
      ScoreOf(recognizer.release_threshold), recognizer.suppression_ms);
  if (recognizer.warm_up_ms != 0)
    text += fmt::format("  warm-up     {} ms\n", recognizer.warm_up_ms);
  return text;
}

nlohmann::ordered_json SlotJson(const ModelSlot& slot) {
  const SpotterConfig config = slot.any_config();
  nlohmann::ordered_json json = {{"name", slot.name()},
                                 {"bytes", slot.bytes().size()},
                                 {"labels", Labels(slot)},
                                 {"model_bytes", slot.model_bytes().size()},
                                 {"sha256", Digits(slot.sha256())},
                                 {"spotter_bytes", slot.spotter_bytes()},
                                 {"arena_bytes", slot.arena_bytes()}};
  nlohmann::ordered_json recognizer;
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  json[#name] = SettingJson(config.name, SettingUnit::unit);
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  recognizer[#name] = SettingJson(config.recognizer.name, SettingUnit::unit);
#include "earshot/app/spotter_settings.inc"
  json["recognizer"] = std::move(recognizer);
  return json;
}

}  // namespace earshot::host
