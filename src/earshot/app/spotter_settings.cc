// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/spotter_settings.h"

#include "earshot/app/argument_checks.h"

namespace earshot {
uint32_t GetSetting(const void* config, const SettingField& field) {
  const void* const at = static_cast<const uint8_t*>(config) + field.offset;
  return field.kind == SettingField::kByte ? *static_cast<const uint8_t*>(at)
                                           : *static_cast<const uint32_t*>(at);
}

void SetSetting(void* config, const SettingField& field, uint32_t value) {
  void* const at = static_cast<uint8_t*>(config) + field.offset;
  if (field.kind == SettingField::kByte) {
    *static_cast<uint8_t*>(at) = static_cast<uint8_t>(value);
  } else {
    *static_cast<uint32_t*>(at) = value;
  }
}

Status CheckSettings(StatusSubject subject, const void* config, Span<const SettingField> fields) {
  for (const SettingField& field : fields) {
    const auto found = static_cast<int32_t>(GetSetting(config, field));
    const auto highest = static_cast<int32_t>(field.highest);
    if (field.kind == SettingField::kFree || (found >= field.lowest && found <= highest)) continue;
    return InvalidNumber(subject, field.name, found, found > highest ? highest : field.lowest);
  }
  return OkStatus();
}

}  // namespace earshot
