// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Slots that were written halfway, and damaged ones. A slot counts as whole when its bytes are:
// where those that are missing happen to be what the region holds already, nothing is missing.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/models/slot/slot_layout.h"
#include "tests/models/slot_fixture.h"

namespace earshot {
namespace {

constexpr size_t kRegionBytes = 24 * 1024;
constexpr int kDamagedCopies = 5000;

AlignedBytes Region(uint8_t fill, Span<const uint8_t> content) {
  AlignedBytes region(kRegionBytes);
  std::fill(region.span().begin(), region.span().end(), fill);
  std::copy(content.begin(), content.end(), region.span().begin());
  return region;
}

bool Opens(Span<const uint8_t> region) {
  ModelSlot slot;
  return OpenModelSlot(region, &slot).ok();
}

// A slot of the same model under other labels and thresholds, so that all offsets are others.
AlignedBytes PackOlder(size_t label_bytes) {
  SlotContents contents = test::ShippedContents();
  contents.name = "older";
  for (std::string& label : contents.labels) label += std::string(label_bytes, 'o');
  contents.config.recognizer.threshold = 210;
  return PackModelSlot(contents);
}

// Writes `slot` byte by byte over what is in `region`, and asks at every byte from the first that
// changes something on: until then a slot that was there before is still whole.
void ExpectRefusedUntilWhole(AlignedBytes region, Span<const uint8_t> slot) {
  size_t first_difference = slot.size();
  size_t last_difference = 0;
  for (size_t i = 0; i < slot.size(); ++i) {
    if (region.span()[i] == slot[i]) continue;
    first_difference = std::min(first_difference, i);
    last_difference = i;
  }
  for (size_t i = first_difference; i < last_difference; ++i) {
    region.span()[i] = slot[i];
    ASSERT_FALSE(Opens(region.span())) << i + 1 << " of " << slot.size() << " bytes written";
  }
  region.span()[last_difference] = slot[last_difference];
  EXPECT_TRUE(Opens(region.span()));
}

TEST(HalfWrittenSlotTest, EveryPrefixInErasedFlashIsRefused) {
  const AlignedBytes slot = test::PackShipped();
  ExpectRefusedUntilWhole(Region(0xFF, {}), slot.span());
}

TEST(HalfWrittenSlotTest, EveryPrefixOverAnOlderSlotIsRefused) {
  const AlignedBytes slot = test::PackShipped();
  const AlignedBytes longer = PackOlder(50);
  ASSERT_TRUE(Opens(Region(0xFF, longer.span()).span()));
  ExpectRefusedUntilWhole(Region(0xFF, longer.span()), slot.span());
  ExpectRefusedUntilWhole(Region(0xFF, slot.span()), longer.span());
}

// An older slot of the same length, different in one byte of its model and so in the checksums.
TEST(HalfWrittenSlotTest, AnOlderSlotThatDiffersInOneByte) {
  const AlignedBytes slot = test::PackShipped();
  std::vector<uint8_t> model(test::Shipped().bytes.begin(), test::Shipped().bytes.end());
  model[model.size() / 2] ^= 1;
  SlotContents contents = test::ShippedContents();
  contents.model = model;
  ExpectRefusedUntilWhole(Region(0xFF, PackModelSlot(contents).span()), slot.span());
}

// Flash tools write pages in any order, and a file that is cut short is a region that ends early.
TEST(HalfWrittenSlotTest, PagesInAnyOrderAndShortFilesAreRefused) {
  const AlignedBytes slot = test::PackShipped();
  const AlignedBytes older = PackOlder(5);
  std::mt19937 random(1);
  for (const size_t page : {128, 1024, 2048}) {
    for (const bool over_older : {false, true}) {
      AlignedBytes region = Region(0xFF, over_older ? older.span() : Span<uint8_t>());
      std::vector<size_t> begins;
      for (size_t begin = 0; begin < slot.size(); begin += page) begins.push_back(begin);
      std::shuffle(begins.begin(), begins.end(), random);
      for (const size_t begin : begins) {
        ASSERT_TRUE(begin == begins[0] || !Opens(region.span())) << page;
        const Span<const uint8_t> part =
            slot.span().subspan(begin, std::min(page, slot.size() - begin));
        std::copy(part.begin(), part.end(), region.span().begin() + begin);
      }
      EXPECT_TRUE(Opens(region.span()));
    }
  }
  for (size_t size = 0; size < slot.size(); size += size < 400 ? 1 : 97) {
    const AlignedBytes cut(slot.span().subspan(0, size));
    ASSERT_FALSE(Opens(cut.span())) << size;
  }
}

// How far a damaged slot came.
struct Outcomes {
  int refused_by_open = 0;
  int refused_later = 0;
  int ran = 0;
};

// As a device goes on; every label and name is read, too.
void TryToUse(Span<const uint8_t> region, Outcomes* outcomes) {
  ModelSlot slot;
  if (!OpenModelSlot(region, &slot).ok()) {
    ++outcomes->refused_by_open;
    return;
  }
  size_t text_bytes = std::string(slot.name()).size();
  for (size_t i = 0; i < slot.label_count(); ++i) text_bytes += std::string(slot.label(i)).size();
  EXPECT_LE(text_bytes, kSlotNameBytes + slot.label_count() * kSlotMostLabelBytes);
  Model model;
  AlignedBytes memory(1 << 20);
  KeywordSpotter spotter;
  if (!Model::Load(slot.model_bytes(), &model).ok() ||
      !KeywordSpotter::Create(model, AllKernelsResolver(), slot.config(), memory.span(), &spotter)
           .ok()) {
    ++outcomes->refused_later;
    return;
  }
  ++outcomes->ran;
}

TEST(DamagedSlotTest, OneFlippedBitAnywhereIsRefused) {
  const AlignedBytes slot = test::PackShipped();
  // Every byte of header and labels, then some.
  for (size_t i = 0; i < slot.size(); i += i < 512 ? 1 : 61) {
    AlignedBytes damaged(slot.span());
    damaged.span()[i] ^= static_cast<uint8_t>(1u << (i % 8));
    ASSERT_FALSE(Opens(damaged.span())) << i;
  }
}

TEST(DamagedSlotTest, DamagedCopiesAreRefused) {
  const AlignedBytes slot = test::PackShipped();
  std::mt19937 random(2);
  Outcomes outcomes;
  for (int i = 0; i < kDamagedCopies; ++i) {
    // Exactly as long as it says, so that sanitizers notice a read behind its end.
    AlignedBytes damaged(slot.span());
    const size_t changes = 1 + random() % 8;
    for (size_t change = 0; change < changes; ++change) {
      damaged.span()[random() % slot.size()] = static_cast<uint8_t>(random());
    }
    const bool is_whole =
        std::equal(damaged.span().begin(), damaged.span().end(), slot.span().begin());
    if (!is_whole) TryToUse(damaged.span(), &outcomes);
  }
  EXPECT_EQ(outcomes.ran + outcomes.refused_later, 0);
  EXPECT_GT(outcomes.refused_by_open, kDamagedCopies / 2);
}

// The same with right checksums: what somebody packs who means harm.
TEST(DamagedSlotTest, SealedCopiesEndInAnAnswer) {
  const AlignedBytes slot = test::PackShipped();
  const size_t end_of_labels = kSlotHeaderBytes + test::Word(slot.span(), kSlotLabelsBytesAt);
  std::mt19937 random(3);
  Outcomes outcomes;
  for (int i = 0; i < kDamagedCopies; ++i) {
    AlignedBytes damaged(slot.span());
    // One word of the header, or one byte of the labels.
    if (random() % 4 != 0) {
      const uint32_t values[] = {0,
                                 1,
                                 UINT32_MAX,
                                 INT32_MAX,
                                 static_cast<uint32_t>(random()),
                                 static_cast<uint32_t>(random() % 65536)};
      const size_t word = kSlotVersionAt / 4 + random() % ((kSlotHeaderCrcAt - kSlotVersionAt) / 4);
      test::SetWord(damaged.span(), word * 4, values[random() % 6]);
    } else {
      damaged.span()[kSlotHeaderBytes + random() % (end_of_labels - kSlotHeaderBytes)] =
          static_cast<uint8_t>(random());
    }
    test::Seal(damaged.span(), static_cast<uint32_t>(slot.size()));
    TryToUse(damaged.span(), &outcomes);
  }
  RecordProperty("refused_by_open", outcomes.refused_by_open);
  RecordProperty("refused_later", outcomes.refused_later);
  RecordProperty("ran", outcomes.ran);
  EXPECT_GT(outcomes.refused_by_open, 0);
  EXPECT_GT(outcomes.refused_later, 0);
  EXPECT_GT(outcomes.ran, 0);
}

}  // namespace
}  // namespace earshot
