// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/embedding/model_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/app/spotter_settings.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/manifest.h"
#include "tests/models/manifest_text.h"
#include "tests/support/sigmoid_model.h"

namespace earshot {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(SnakeCase, FollowsTheConstant) {
  EXPECT_EQ(SnakeCase("kTinyConvYesNo"), "tiny_conv_yes_no");
  EXPECT_EQ(SnakeCase("kWord2x"), "word_2x");
  EXPECT_EQ(SnakeCase("kCommands10"), "commands_10");
  EXPECT_EQ(SnakeCase("kKWS"), "k_w_s");
}

TEST(SnakeCase, RefusesOtherNames) {
  for (const char* name :
       {"", "k", "kword", "Word", "kWord-1", "kWord_one", "kW\xc3\xb6rd", "k1"}) {
    EXPECT_THROW(SnakeCase(name), std::invalid_argument) << name;
  }
}

TEST(StringLiteral, EscapesWhatCppWouldRead) {
  EXPECT_EQ(StringLiteral("yes"), "\"yes\"");
  EXPECT_EQ(StringLiteral("a\"b\\c"), "\"a\\042b\\134c\"");
  EXPECT_EQ(StringLiteral("\n1"), "\"\\0121\"");
  EXPECT_EQ(StringLiteral("\xc3\xbc"), "\"\\303\\274\"");
}

TEST(SourceText, NamesLabelsKernelsAndSizes) {
  const Manifest manifest = ParseManifest(test::FullManifest().dump(), "manifest.json");
  const AlignedBytes file = test::SigmoidModel(4).Build();
  SpotterModel model;
  ASSERT_TRUE(Model::Load(file.span(), &model.model).ok());
  model.labels = manifest.labels;
  model.config = MakeSpotterConfig(manifest, kStandardTables);
  MeasuredModel measured;
  measured.kernels = {AllKernels()[0]};
  measured.spotter_bytes = 4711;
  measured.arena_bytes = 42;
  EXPECT_THAT(SourceText("kTwoWords", model, measured), Not(HasSubstr("placed_first")));
  measured.placed_first = {3, 0, 200};
  const std::string source = SourceText("kTwoWords", model, measured);
  EXPECT_THAT(source, HasSubstr("constexpr uint16_t kPlacedFirst[] = {3, 0, 200};\n"));
  EXPECT_THAT(source, HasSubstr("  config.plan.placed_first = kPlacedFirst;\n  return config;\n"));
  EXPECT_THAT(source, Not(HasSubstr("in_place")));
  measured.in_place = true;
  const std::string in_place = SourceText("kTwoWords", model, measured);
  EXPECT_THAT(in_place, HasSubstr("#include \"earshot/runtime/in_place.h\"\n"));
  EXPECT_THAT(in_place, HasSubstr("  config.plan.make = PlanInPlace;\n  return config;\n"));
  measured.in_place = false;
  EXPECT_THAT(source, HasSubstr("#include \"two_words.h\"\n"));
  // The file begins with an offset and "TFL3".
  EXPECT_THAT(source, ContainsRegex("kBytes\\[\\] = \\{\n    [0-9]+, 0, 0, 0, 84, 70, 76, 51, "));
  EXPECT_THAT(source, HasSubstr("\"noise\",\n    \"yes\",\n"));
  EXPECT_THAT(source, HasSubstr(std::string("&") + KernelSymbol(*AllKernels()[0]) + ",\n"));
  EXPECT_THAT(source, HasSubstr("recognizer.threshold = 179;"));
  EXPECT_EQ(source, SourceText("kTwoWords", model, measured));
  const std::string header = HeaderText("kTwoWords", model, measured);
  EXPECT_THAT(header, HasSubstr("size_t kTwoWordsSpotterBytes = 4711;"));
  EXPECT_THAT(header, HasSubstr("size_t kTwoWordsArenaBytes = 42;"));
  EXPECT_THAT(header, HasSubstr("extern const EmbeddedModel kTwoWords;"));
  EXPECT_THAT(header, HasSubstr("using TwoWordsSpotter = KeywordSpotter;"));
}

// Neither file names what belongs to the other front end.
TEST(SourceText, NamesTheFrontEndOfTheModel) {
  const AlignedBytes file = test::SigmoidModel(4).Build();
  SpotterModel model;
  ASSERT_TRUE(Model::Load(file.span(), &model.model).ok());
  for (const bool is_log_mel : {false, true}) {
    model.config.tables = is_log_mel ? &kLogMelTables : &kStandardTables;
    const std::string text = SourceText("kTwoWords", model, MeasuredModel()) +
                             HeaderText("kTwoWords", model, MeasuredModel());
    EXPECT_EQ(text.find("kLogMelTables") != std::string::npos, is_log_mel);
    EXPECT_EQ(text.find("LogMelSpotter") != std::string::npos, is_log_mel);
    EXPECT_EQ(text.find("log_mel") != std::string::npos, is_log_mel);
    EXPECT_EQ(text.find("kStandardTables") != std::string::npos, !is_log_mel);
  }
}

TEST(SourceText, HasEverySetting) {
  const AlignedBytes file = test::SigmoidModel(4).Build();
  SpotterModel model;
  ASSERT_TRUE(Model::Load(file.span(), &model.model).ok());
  uint8_t value = 9;  // Another one for each.
  std::vector<std::string> lines;
  const auto wants_line = [&](const char* member, SettingUnit unit) {
    char line[80];
    const bool has_bits = unit == SettingUnit::kLabels;
    std::snprintf(line, sizeof(line), has_bits ? "  %s = %#x;\n" : "  %s = %u;\n", member,
                  unsigned{value});
    lines.emplace_back(line);
  };
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  model.config.name = ++value;                                                    \
  wants_line("config." #name, SettingUnit::unit);
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  model.config.recognizer.name = ++value;                                            \
  wants_line("config.recognizer." #name, SettingUnit::unit);
#define EARSHOT_CLIP_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  model.clip.name = ++value;                                                   \
  wants_line("model.clip." #name, SettingUnit::unit);
#include "earshot/app/spotter_settings.inc"
  const std::string source = SourceText("kTwoWords", model, MeasuredModel());
  for (const std::string& line : lines) EXPECT_THAT(source, HasSubstr(line));
}

}  // namespace
}  // namespace earshot
