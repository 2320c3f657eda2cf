// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/slot/model_slot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/sha256.h"
#include "earshot/models/slot/crc32.h"
#include "earshot/models/slot/slot_layout.h"
#include "earshot/runtime/status_text.h"
#include "tests/kernels/crc32.h"
#include "tests/models/slot_fixture.h"

namespace earshot {
namespace {

using test::PackShipped;
using test::Seal;
using test::SetWord;
using test::Shipped;
using testing::HasSubstr;

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

std::string Answer(Span<const uint8_t> region) {
  ModelSlot slot;
  const Status status = OpenModelSlot(region, &slot);
  EXPECT_EQ(slot.opened(), status.ok());
  return Text(status);
}

TEST(Crc32Test, IsZlibs) {
  const std::string digits = "123456789";  // The check value that every list of CRCs gives.
  const std::vector<uint8_t> bytes(digits.begin(), digits.end());
  EXPECT_EQ(Crc32(bytes), 0xCBF43926u);
  EXPECT_EQ(Crc32({}), 0u);
  EXPECT_EQ(Crc32(Shipped().bytes),
            test::Crc32(std::vector<uint8_t>(Shipped().bytes.begin(), Shipped().bytes.end())));
}

TEST(ModelSlotTest, SaysWhatTheEmbeddedModelSays) {
  const AlignedBytes packed = PackShipped();
  ModelSlot slot;
  ASSERT_EQ(Text(OpenModelSlot(packed.span(), &slot)), "ok");
  const EmbeddedModel& wanted = Shipped();
  EXPECT_STREQ(slot.name(), wanted.name);
  EXPECT_EQ(slot.bytes().size(), packed.size());
  EXPECT_EQ(Sha256(slot.model_bytes()), wanted.sha256);
  EXPECT_EQ(std::vector<uint8_t>(slot.sha256().begin(), slot.sha256().end()),
            test::FromHex(wanted.sha256));
  ASSERT_EQ(slot.label_count(), wanted.labels.size());
  for (size_t i = 0; i < slot.label_count(); ++i) EXPECT_STREQ(slot.label(i), wanted.labels[i]);
  EXPECT_EQ(slot.spotter_bytes(), wanted.spotter_bytes);
  EXPECT_EQ(slot.arena_bytes(), wanted.arena_bytes);

  const SpotterConfig config = slot.config();
  EXPECT_EQ(config.tables, wanted.config.tables);
  EXPECT_EQ(config.stride_ms, wanted.config.stride_ms);
  EXPECT_EQ(config.strides_per_inference, wanted.config.strides_per_inference);
  EXPECT_EQ(config.label_count, wanted.config.label_count);
  const RecognizerConfig& recognizer = wanted.config.recognizer;
  EXPECT_EQ(config.recognizer.average_window_ms, recognizer.average_window_ms);
  EXPECT_EQ(config.recognizer.threshold, recognizer.threshold);
  EXPECT_EQ(config.recognizer.release_threshold, recognizer.release_threshold);
  EXPECT_EQ(config.recognizer.suppression_ms, recognizer.suppression_ms);
  EXPECT_EQ(config.recognizer.minimum_count, recognizer.minimum_count);
  EXPECT_EQ(config.recognizer.background_labels, recognizer.background_labels);
  EXPECT_EQ(config.recognizer.warm_up_ms, recognizer.warm_up_ms);
}

// The whole way that a device goes, in exactly the memory that the slot names.
TEST(ModelSlotTest, RunsInTheMemoryThatItNames) {
  const AlignedBytes packed = PackShipped();
  ModelSlot slot;
  ASSERT_TRUE(OpenModelSlot(packed.span(), &slot).ok());
  Model model;
  ASSERT_EQ(Text(Model::Load(slot.model_bytes(), &model)), "ok");
  AlignedBytes memory(slot.spotter_bytes());
  KeywordSpotter spotter;
  ASSERT_EQ(Text(KeywordSpotter::Create(model, AllKernelsResolver(), slot.config(), memory.span(),
                                        &spotter)),
            "ok");
  EXPECT_EQ(spotter.used_bytes(), slot.spotter_bytes());
  AlignedBytes arena(slot.arena_bytes());
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  ASSERT_EQ(Text(interpreter.AllocateTensors()), "ok");
  EXPECT_EQ(interpreter.arena_used_bytes(), slot.arena_bytes());
}

TEST(ModelSlotTest, KeepsWhatIsPlacedFirst) {
  SlotContents contents = test::ShippedContents();
  const std::vector<uint16_t> placed_first = {7, 0, 65533, 256};
  for (const size_t extra : {0, 1}) {  // The labels' end is even and odd.
    contents.labels[0] += std::string(extra, 'x');
    contents.config.plan.placed_first = placed_first;
    const AlignedBytes packed = PackModelSlot(contents);
    ModelSlot slot;
    ASSERT_EQ(Text(OpenModelSlot(packed.span(), &slot)), "ok");
    const Span<const uint16_t> kept = slot.config().plan.placed_first;
    EXPECT_EQ(std::vector<uint16_t>(kept.begin(), kept.end()), placed_first);
    EXPECT_EQ(Sha256(slot.model_bytes()), Shipped().sha256);
  }
}

TEST(ModelSlotTest, WhatIsPlacedFirstEndsBeforeTheModel) {
  AlignedBytes packed = PackShipped();
  for (const uint32_t count : {40u, 0x7FFFFFFFu, 0x80000000u, 0xFFFFFFFFu}) {
    SetWord(packed.span(), kSlotPlacedFirstAt, count);
    Seal(packed.span(), static_cast<uint32_t>(packed.size()));
    EXPECT_THAT(Answer(packed.span()),
                HasSubstr("slot: labels or placement: reach into the model"));
  }
}

// Numbers of every size survive: nothing is cut, swapped or mixed up.
TEST(ModelSlotTest, KeepsEveryNumber) {
  SlotContents contents = test::ShippedContents();
  contents.labels = {"\xC3\xA4", std::string(63, 'x')};
  contents.config.stride_ms = 999;
  contents.config.strides_per_inference = 9998;
  contents.config.label_count = 2;
  contents.config.context_ms = 54320;
  contents.config.recognizer.average_window_ms = 54321;
  contents.config.recognizer.threshold = 255;
  contents.config.recognizer.release_threshold = 254;
  contents.config.recognizer.suppression_ms = 0x7F345678;
  contents.config.recognizer.minimum_count = 0x12345678;
  contents.config.recognizer.background_labels = 0xFEDCBA98u;
  contents.config.recognizer.warm_up_ms = 54322;
  contents.spotter_bytes = 0x10203040;
  contents.arena_bytes = 0x01020304;
  contents.name = std::string(31, 'n');
  const AlignedBytes packed = PackModelSlot(contents);
  ModelSlot slot;
  ASSERT_EQ(Text(OpenModelSlot(packed.span(), &slot)), "ok");
  EXPECT_STREQ(slot.label(0), "\xC3\xA4");
  EXPECT_EQ(slot.label(1), std::string(63, 'x'));
  EXPECT_EQ(slot.name(), contents.name);
  EXPECT_EQ(slot.spotter_bytes(), 0x10203040u);
  EXPECT_EQ(slot.arena_bytes(), 0x01020304u);
  const SpotterConfig config = slot.config();
  EXPECT_EQ(config.stride_ms, 999);
  EXPECT_EQ(config.strides_per_inference, 9998);
  EXPECT_EQ(config.context_ms, 54320);
  EXPECT_EQ(config.recognizer.average_window_ms, 54321);
  EXPECT_EQ(config.recognizer.threshold, 255);
  EXPECT_EQ(config.recognizer.release_threshold, 254);
  EXPECT_EQ(config.recognizer.suppression_ms, 0x7F345678);
  EXPECT_EQ(config.recognizer.minimum_count, 0x12345678);
  EXPECT_EQ(config.recognizer.background_labels, 0xFEDCBA98u);
  EXPECT_EQ(config.recognizer.warm_up_ms, 54322);
}

// Each front end's images open their slots only, and programs that have both open both.
TEST(ModelSlotTest, SaysWhichFrontEndItIsFor) {
  for (const bool is_log_mel : {false, true}) {
    SlotContents contents = test::ShippedContents();
    contents.config.tables = is_log_mel ? &kLogMelTables : &kStandardTables;
    const AlignedBytes packed = PackModelSlot(contents);
    ModelSlot slot;
    const Status standard = OpenModelSlot(packed.span(), &slot);
    EXPECT_EQ(slot.opened(), !is_log_mel);
    const Status log_mel = OpenLogMelSlot(packed.span(), &slot);
    EXPECT_EQ(slot.opened(), is_log_mel);
    const Status& refused = is_log_mel ? standard : log_mel;
    EXPECT_EQ(refused.code, StatusCode::kUnsupported);
    EXPECT_EQ(refused.subject, StatusSubject::kFrontend);
    EXPECT_TRUE((is_log_mel ? log_mel : standard).ok());
    ASSERT_TRUE(OpenAnySlot(packed.span(), &slot).ok());
    EXPECT_EQ(slot.any_config().tables, contents.config.tables);
    EXPECT_EQ(slot.config().tables, &kStandardTables);
    EXPECT_EQ(slot.log_mel_config().tables, &kLogMelTables);
    EXPECT_EQ(slot.log_mel_config().stride_ms, contents.config.stride_ms);
  }
}

TEST(ModelSlotTest, RegionMayBeLarger) {
  const AlignedBytes packed = PackShipped();
  AlignedBytes region(packed.size() + 5000);
  std::fill(region.span().begin(), region.span().end(), uint8_t{0xFF});
  std::copy(packed.span().begin(), packed.span().end(), region.span().begin());
  EXPECT_EQ(Answer(region.span()), "ok");
}

TEST(ModelSlotTest, EmptyIsItsOwnAnswer) {
  for (const uint8_t erased : {uint8_t{0xFF}, uint8_t{0}}) {
    AlignedBytes region(4096);
    std::fill(region.span().begin(), region.span().end(), erased);
    EXPECT_TRUE(ModelSlotIsEmpty(region.span()));
    EXPECT_EQ(Answer(region.span()),
              "invalid model: model: slot: empty, no model has been written");
  }
  EXPECT_TRUE(ModelSlotIsEmpty({}));
  EXPECT_NE(Answer({}), "ok");
  EXPECT_FALSE(ModelSlotIsEmpty(PackShipped().span()));
  EXPECT_FALSE(ModelSlotIsEmpty(Shipped().bytes));
  EXPECT_EQ(Answer(Shipped().bytes), "invalid model: model: slot: there is something else in it");
}

TEST(ModelSlotTest, RegionMustBeAligned) {
  const AlignedBytes packed = PackShipped();
  EXPECT_THAT(Answer(packed.span().subspan(4)),
              HasSubstr("invalid argument: model: slot: region: remainder of its address to the "
                        "wanted alignment: found 4, wanted 16"));
}

// Slots whose checksums are right, so that nothing but the check of that field refuses them.
TEST(ModelSlotTest, WrongFieldsAreRefused) {
  const AlignedBytes packed = PackShipped();
  const auto size = static_cast<uint32_t>(packed.size());
  const auto word = [&packed](size_t offset) { return test::Word(packed.span(), offset); };
  const struct {
    size_t offset;
    uint32_t value;
    std::string wanted;
  } cases[] = {
      {kSlotVersionAt, 2, "unsupported: model: slot: version: found 2, wanted 1"},
      {kSlotHeaderBytesAt, 164, "slot: header: found 164, wanted 176 bytes"},
      {kSlotTotalBytesAt, size + 16, "slot: larger than its region: found "},
      {kSlotTotalBytesAt, 159, "slot: total size: found 159, wanted 176 bytes"},
      {kSlotTotalBytesAt, UINT32_MAX, "slot: larger than its region: found 2147483647, wanted "},
      {kSlotModelOffsetAt, word(kSlotModelOffsetAt) + 4, "slot: model: offset: found "},
      {kSlotModelOffsetAt, size + 16, "slot: model: offset: found "},
      {kSlotModelOffsetAt, 160, "reach into the model: end: found 200, wanted 160 bytes"},
      {kSlotModelOffsetAt, 176, "reach into the model: end: found 200, wanted 176 bytes"},
      {kSlotModelBytesAt, 0, "slot: model: found 0, wanted "},
      {kSlotModelBytesAt, UINT32_MAX, "slot: model: found 2147483647, wanted "},
      {kSlotModelBytesAt, size - word(kSlotModelOffsetAt) + 1, "slot: model: found "},
      {kSlotLabelsBytesAt, UINT32_MAX, "reach into the model: end: found 2147483647"},
      {kSlotLabelsBytesAt, 24, "slot: behind the last label: found 1, wanted 0 bytes"},
      {kSlotLabelsBytesAt, 22, "not text; whole ones before it: found 3, wanted 4"},
      {kSlotLabelsBytesAt, 0, "not text; whole ones before it: found 0, wanted 4"},
      {kSlotLabelCountAt, 0, "slot: number of labels: found 0, wanted 1"},
      {kSlotLabelCountAt, 3, "slot: behind the last label: found 3, wanted 0 bytes"},
      {kSlotLabelCountAt, 5, "not text; whole ones before it: found 4, wanted 5"},
      {kSlotLabelCountAt, 1025, "slot: number of labels: found 1025, wanted 1024"},
      {kSlotFrontendAt, kSlotStandardFrontend ^ 1u, "unsupported: front end: slot: its model"},
      {kSlotSettingsAt.stride_ms, 0, "slot: stride_ms: found 0, wanted 1"},
      {kSlotSettingsAt.stride_ms, 1001, "slot: stride_ms: found 1001, wanted 1000"},
      {kSlotSettingsAt.strides_per_inference, 0, "slot: strides_per_inference: found 0, wanted 1"},
      {kSlotSettingsAt.strides_per_inference, 10001, "found 10001, wanted 10000"},
      {kSlotSettingsAt.context_ms, 60001, "slot: context_ms: found 60001, wanted 60000"},
      {kSlotSettingsAt.average_window_ms, 60001,
       "slot: average_window_ms: found 60001, wanted 60000"},
      {kSlotSettingsAt.threshold, 256, "slot: threshold: found 256, wanted 255"},
      {kSlotSettingsAt.threshold, 0, "slot: threshold: found 0, wanted 1"},
      {kSlotSettingsAt.release_threshold, 0, "slot: release_threshold: found 0, wanted 1"},
      {kSlotSettingsAt.release_threshold, 206, "slot: release_threshold: found 206, wanted 205"},
      {kSlotSettingsAt.suppression_ms, 0x80000000u, "slot: suppression_ms: found 2147483647"},
      {kSlotSettingsAt.minimum_count, 0, "slot: minimum_count: found 0, wanted 1"},
      {kSlotSettingsAt.warm_up_ms, 60001, "slot: warm_up_ms: found 60001, wanted 60000"},
      {kSlotSpotterBytesAt, 0, "slot: spotter_bytes: found 0, wanted 1"},
      {kSlotSpotterBytesAt, 6000, "slot: arena_bytes: more than spotter_bytes: found "},
      {kSlotArenaBytesAt, UINT32_MAX, "slot: arena_bytes: found 2147483647"},
      {kSlotNameAt, 0, "slot: name: empty, too long or not text"},
      {kSlotNameAt, 0x1B1B1B1B, "slot: name: empty, too long or not text"},
  };
  for (const auto& one : cases) {
    AlignedBytes changed(packed.span());
    SetWord(changed.span(), one.offset, one.value);
    EXPECT_THAT(Answer(changed.span()), testing::AnyOf(HasSubstr("(CRC-32)"), HasSubstr("found")));
    Seal(changed.span(), size);
    EXPECT_THAT(Answer(changed.span()), HasSubstr(one.wanted)) << one.offset << " " << one.value;
  }
}

TEST(ModelSlotTest, WrongTextsAreRefused) {
  const AlignedBytes packed = PackShipped();
  const auto refused = [&packed](const std::function<void(Span<uint8_t>)>& change) {
    AlignedBytes changed(packed.span());
    change(changed.span());
    Seal(changed.span(), static_cast<uint32_t>(packed.size()));
    return Answer(changed.span());
  };
  const std::string bad_label = "slot: labels: one that is empty, too long or not text";
  EXPECT_THAT(refused([](Span<uint8_t> slot) { slot[kSlotHeaderBytes] = 0; }),
              HasSubstr(bad_label));
  EXPECT_THAT(refused([](Span<uint8_t> slot) { slot[kSlotHeaderBytes + 3] = 0x7F; }),
              HasSubstr(bad_label));
  // No zero byte in the whole name.
  EXPECT_THAT(refused([](Span<uint8_t> slot) {
                for (size_t i = 0; i < kSlotNameBytes; ++i) slot[kSlotNameAt + i] = 'n';
              }),
              HasSubstr("slot: name: empty, too long or not text"));
  // A label of 64 bytes would fit into the space in front of the model.
  SlotContents contents = test::ShippedContents();
  contents.labels = {std::string(63, 'a'), "b"};
  const AlignedBytes longest = PackModelSlot(contents);
  AlignedBytes longer(longest.span());
  longer.span()[kSlotHeaderBytes + 63] = 'a';
  SetWord(longer.span(), kSlotLabelCountAt, 1);
  Seal(longer.span(), static_cast<uint32_t>(longer.size()));
  EXPECT_THAT(Answer(longer.span()), HasSubstr(bad_label));
}

TEST(ModelSlotWriterTest, RefusesWhatADeviceWouldRefuse) {
  const auto refusal = [](const std::function<void(SlotContents*)>& change) -> std::string {
    SlotContents contents = test::ShippedContents();
    change(&contents);
    try {
      PackModelSlot(contents);
    } catch (const ModelError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal([](SlotContents*) {}), "");
  EXPECT_EQ(refusal([](SlotContents* slot) { slot->name = std::string(32, 'n'); }),
            "slot: name \"" + std::string(32, 'n') + "\": found 32 bytes, wanted 1 to 31");
  EXPECT_EQ(refusal([](SlotContents* slot) { slot->name = ""; }),
            "slot: name \"\": found 0 bytes, wanted 1 to 31");
  EXPECT_EQ(refusal([](SlotContents* slot) { slot->labels[1] = std::string(64, 'l'); }),
            "slot: label \"" + std::string(64, 'l') + "\": found 64 bytes, wanted 1 to 63");
  // A zero byte would make two labels of one.
  EXPECT_EQ(refusal([](SlotContents* slot) { slot->labels[1] = std::string("a\0b", 3); }),
            "slot: label: found a control character, wanted plain text");
  EXPECT_THAT(refusal([](SlotContents* slot) { slot->model = {}; }), HasSubstr("slot: model"));
  EXPECT_THAT(refusal([](SlotContents* slot) { slot->labels.clear(); }),
              HasSubstr("slot: number of labels: found 0, wanted 1"));
  EXPECT_THAT(refusal([](SlotContents* slot) { slot->config.stride_ms = -1; }),
              HasSubstr("slot: stride_ms"));
}

}  // namespace
}  // namespace earshot
