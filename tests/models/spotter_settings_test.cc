// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Each setting of earshot/app/spotter_settings.inc, wherever settings are read or written: a new
// one is tested with its entry there.

#include "earshot/app/spotter_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>
#include <vector>

#include "earshot/app/spotter_config.h"
#include "earshot/earshot.h"
#include "earshot/models/clip_config.h"
#include "earshot/models/manifest.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/runtime/status_text.h"
#include "tests/models/manifest_text.h"
#include "tests/models/slot_fixture.h"

namespace earshot {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

// All that a setting can be a member of.
struct Configs {
  SpotterConfig spotter;
  ClipConfig clip;
};

struct Setting {
  std::string name;
  std::string key;
  SettingUnit unit;
  int64_t lowest;
  int64_t highest;
  size_t slot;
  void (*set)(Configs& configs, int64_t value);
  int64_t (*get)(const Configs& configs);

  // How GoogleTest calls it.
  friend void PrintTo(const Setting& setting, std::ostream* out) { *out << setting.key; }

  bool is_number() const { return unit != SettingUnit::kScore && unit != SettingUnit::kLabels; }
  // Neither limit nor default, and with several bytes where it may have them.
  int64_t some_value() const { return lowest + (highest - lowest) / 3; }
  // "/earshot/recognizer/threshold".
  std::string pointer() const {
    std::string path = "/" + key;
    std::replace(path.begin(), path.end(), '.', '/');
    return path;
  }
};

#define EARSHOT_TEST_SETTING(member, type, name, lowest, highest, unit, slot, key)          \
  {#name,                                                                                   \
   key,                                                                                     \
   SettingUnit::unit,                                                                       \
   lowest,                                                                                  \
   highest,                                                                                 \
   slot,                                                                                    \
   [](Configs& configs, int64_t value) { configs.member.name = static_cast<type>(value); }, \
   [](const Configs& configs) { return static_cast<int64_t>(configs.member.name); }},

std::vector<Setting> Settings() {
  return {
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  EARSHOT_TEST_SETTING(spotter, type, name, lowest, highest, unit, slot, key)
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  EARSHOT_TEST_SETTING(spotter.recognizer, type, name, lowest, highest, unit, slot, key)
#define EARSHOT_CLIP_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  EARSHOT_TEST_SETTING(clip, type, name, lowest, highest, unit, slot, key)
#include "earshot/app/spotter_settings.inc"
  };
}

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

class SettingTest : public ::testing::TestWithParam<Setting> {
 protected:
  const Setting& setting() const { return GetParam(); }

  // What the core says of a value.
  std::string Refusal(int64_t value) const {
    Configs configs;
    setting().set(configs, value);
    Status status = CheckSettings(StatusSubject::kFrontend, &configs.spotter, kSpotterFields);
    if (status.ok()) {
      status =
          CheckSettings(StatusSubject::kFrontend, &configs.spotter.recognizer, kRecognizerFields);
    }
    return Text(status);
  }

  std::string Found(int64_t found, int64_t wanted) const {
    return ": " + setting().name + ": found " + std::to_string(found) + ", wanted " +
           std::to_string(wanted);
  }

  // What a manifest with this value means.
  Configs Read(const nlohmann::json& value) const {
    nlohmann::json manifest = test::MicroManifest();
    // No number of strides makes this longer than it may be.
    manifest["earshot"]["recognizer"]["average_window_ms"] = 1000;
    if (setting().name == "stride_ms") manifest["micro"]["feature_step_size"] = value;
    const Manifest read =
        ParseManifest(test::With(std::move(manifest), setting().pointer(), value), "manifest");
    return {read.spotter, read.clip};
  }
};

TEST_P(SettingTest, CoreKnowsItsRange) {
  const bool is_checked = setting().is_number() && setting().unit != SettingUnit::kStrides &&
                          setting().key.find("clip") == std::string::npos;
  EXPECT_EQ(Refusal(setting().some_value()), "ok");
  if (!is_checked) return;
  EXPECT_EQ(Refusal(setting().lowest), "ok");
  EXPECT_EQ(Refusal(setting().highest), "ok");
  EXPECT_THAT(Refusal(setting().lowest - 1),
              EndsWith(Found(setting().lowest - 1, setting().lowest)));
  if (setting().highest == INT32_MAX) return;
  EXPECT_THAT(Refusal(setting().highest + 1),
              EndsWith(Found(setting().highest + 1, setting().highest)));
}

TEST_P(SettingTest, SlotHasIt) {
  if (setting().slot == 0) GTEST_SKIP() << "not in slots";
  SlotContents contents = test::ShippedContents();
  Configs configs = {contents.config, {}};
  configs.spotter.recognizer.threshold = 255;  // No release_threshold is above it.
  setting().set(configs, setting().some_value());
  configs.spotter.recognizer.release_threshold =
      std::min(configs.spotter.recognizer.release_threshold, configs.spotter.recognizer.threshold);
  contents.config = configs.spotter;
  AlignedBytes packed = PackModelSlot(contents);
  EXPECT_EQ(test::Word(packed.span(), setting().slot), setting().some_value());
  ModelSlot slot;
  ASSERT_EQ(Text(OpenModelSlot(packed.span(), &slot)), "ok");
  EXPECT_EQ(setting().get({slot.config(), {}}), setting().some_value());
  for (const int64_t wrong : {setting().lowest - 1, setting().highest + 1}) {
    if (wrong < 0 || wrong > int64_t{UINT32_MAX}) continue;
    test::SetWord(packed.span(), setting().slot, static_cast<uint32_t>(wrong));
    test::Seal(packed.span(), static_cast<uint32_t>(packed.size()));
    EXPECT_THAT(Text(OpenModelSlot(packed.span(), &slot)),
                HasSubstr("slot: " + setting().name + ": found"));
  }
}

TEST_P(SettingTest, ManifestHasIt) {
  if (setting().unit == SettingUnit::kLabels) {
    EXPECT_NE(setting().get(Read(nlohmann::json::array())), 3);
    return;
  }
  if (setting().unit == SettingUnit::kScore) {
    EXPECT_EQ(setting().get(Read(0.5)), 128);
    EXPECT_THROW(Read(1.01), ManifestError);
    return;
  }
  EXPECT_EQ(setting().get(Read(setting().some_value())), setting().some_value());
  EXPECT_EQ(setting().get(Read(setting().highest)), setting().highest);
  EXPECT_THROW(Read(setting().lowest - 1), ManifestError);
  EXPECT_THROW(Read(setting().highest + 1), ManifestError);
}

// Some are a single byte, with the next one right behind it.
template <typename Config>
void CheckEachIsSetAlone(Span<const SettingField> fields) {
  for (const SettingField& set : fields) {
    Config config;
    for (const SettingField& field : fields) SetSetting(&config, field, 0x55);
    SetSetting(&config, set, 0xAA);
    for (const SettingField& field : fields) {
      EXPECT_EQ(GetSetting(&config, field), &field == &set ? 0xAAu : 0x55u) << int{field.offset};
    }
  }
}

TEST(SettingFieldTest, EachIsSetAlone) {
  CheckEachIsSetAlone<SpotterConfig>(kSpotterFields);
  CheckEachIsSetAlone<RecognizerConfig>(kRecognizerFields);
}

INSTANTIATE_TEST_SUITE_P(All, SettingTest, ::testing::ValuesIn(Settings()),
                         [](const auto& tested) { return tested.param.name; });

}  // namespace
}  // namespace earshot
