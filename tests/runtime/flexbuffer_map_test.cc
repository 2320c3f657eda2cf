// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/flexbuffer_map.h"

#include <flatbuffers/flexbuffers.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace earshot {
namespace {

std::vector<uint8_t> Made(int64_t large) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    builder.Int("shift", 12);
    builder.Bool("clamping", true);
    builder.UInt("unsigned", 4000000000u);
    builder.Int("large", large);
    builder.IndirectInt("indirect", -70000);
    builder.IndirectUInt("indirect_unsigned", 70000);
    builder.Double("real", 1.5);
    builder.String("text", "12");
    builder.Vector("vector", [&] { builder.Int(1); });
  });
  builder.Finish();
  return builder.GetBuffer();
}

constexpr int32_t kNone = -12345;
const char* const kNames[] = {
    "shift", "clamping", "unsigned", "large", "indirect", "indirect_unsigned",
    "real",  "text",     "vector",   "shif",  "shift2",   ""};

int32_t Found(const std::vector<uint8_t>& bytes, const char* name) {
  int32_t value = kNone;
  return FlexbufferMap(bytes).Find(name, &value) ? value : kNone;
}

TEST(FlexbufferMapTest, FindsWholeNumbersOfEveryWidth) {
  for (const int64_t large : {int64_t{5}, int64_t{-300}, int64_t{-70000}, int64_t{INT32_MAX}}) {
    const std::vector<uint8_t> bytes = Made(large);
    EXPECT_EQ(Found(bytes, "shift"), 12);
    EXPECT_EQ(Found(bytes, "clamping"), 1);
    EXPECT_EQ(Found(bytes, "large"), large);
    EXPECT_EQ(Found(bytes, "indirect"), -70000);
    EXPECT_EQ(Found(bytes, "indirect_unsigned"), 70000);
  }
}

TEST(FlexbufferMapTest, DoesNotFindWhatIsNoNumberOfThatName) {
  const std::vector<uint8_t> bytes = Made(int64_t{INT32_MAX} + 1);
  for (const char* name : {"unsigned", "large", "real", "text", "vector", "shif", "shift2", ""}) {
    EXPECT_EQ(Found(bytes, name), kNone) << name;
  }
  EXPECT_EQ(Found({}, "shift"), kNone);
  flexbuffers::Builder vector;
  vector.Vector([&] { vector.Int(1); });
  vector.Finish();
  EXPECT_EQ(Found(vector.GetBuffer(), "shift"), kNone);
}

TEST(FlexbufferMapTest, FindsRealNumbersOfEveryKind) {
  const std::vector<uint8_t> wide = Made(-70000);  // 8 bytes a value, for the double.
  flexbuffers::Builder builder;
  builder.Map([&] {
    builder.Float("real", 0.6f);
    builder.IndirectFloat("indirect", -2.5f);
    builder.IndirectDouble("double", 1e-3);
    builder.String("text", "1.5");
  });
  builder.Finish();
  const std::vector<uint8_t> narrow = builder.GetBuffer();
  const auto found = [](const std::vector<uint8_t>& bytes, const char* name) {
    float value = kNone;
    return FlexbufferMap(bytes).FindReal(name, &value) ? value : static_cast<float>(kNone);
  };
  EXPECT_EQ(found(wide, "real"), 1.5f);
  EXPECT_EQ(found(wide, "shift"), 12.0f);
  EXPECT_EQ(found(wide, "large"), -70000.0f);
  EXPECT_EQ(found(wide, "unsigned"), 4e9f);
  EXPECT_EQ(found(wide, "indirect_unsigned"), 70000.0f);
  EXPECT_EQ(found(narrow, "real"), 0.6f);
  EXPECT_EQ(found(narrow, "indirect"), -2.5f);
  EXPECT_EQ(found(narrow, "double"), 1e-3f);
  for (const char* name : {"clamping", "text", "vector", "none"}) {
    EXPECT_EQ(found(wide, name), kNone) << name;
  }
  EXPECT_EQ(found(narrow, "text"), kNone);
}

TEST(FlexbufferMapTest, HasWhateverItNames) {
  const std::vector<uint8_t> bytes = Made(5);
  for (const char* name : {"shift", "clamping", "real", "text", "vector"}) {
    EXPECT_TRUE(FlexbufferMap(bytes).Has(name)) << name;
  }
  EXPECT_FALSE(FlexbufferMap(bytes).Has("shif"));
  EXPECT_FALSE(FlexbufferMap({}).Has(""));
}

// A map of one number whose name and value are changed to lead to where the bytes end too early.
TEST(FlexbufferMapTest, EndsWhereTheBytesEnd) {
  flexbuffers::Builder builder;
  builder.Map([&] { builder.Int("a", 5); });
  builder.Finish();
  const std::vector<uint8_t> whole = builder.GetBuffer();
  // "a", 0; keys: count, offset; offset of the keys, width, count; 5, its type; root, type, width.
  const std::vector<uint8_t> layout = {'a', 0, 1, 3, 1, 1, 1, 5, 4, 2, 36, 1};
  ASSERT_EQ(whole, layout);
  ASSERT_EQ(Found(whole, "a"), 5);

  std::vector<uint8_t> key_without_end = whole;
  key_without_end[3] = 1;
  const std::string rest(key_without_end.begin() + 2, key_without_end.end());
  EXPECT_EQ(Found(key_without_end, rest.c_str()), kNone);

  std::vector<uint8_t> wide_value = whole;
  constexpr uint8_t kIndirectIntOfEightBytes = 6 << 2 | 3;
  wide_value[7] = 0;
  wide_value[8] = kIndirectIntOfEightBytes;
  EXPECT_EQ(Found(wide_value, "a"), kNone);
}

// Under a sanitizer each copy, of exactly its size, shows what reads outside.
TEST(FlexbufferMapTest, ReadsNothingOutsideOfDamagedBytes) {
  const std::vector<uint8_t> whole = Made(7);
  for (size_t size = 0; size <= whole.size(); ++size) {
    for (size_t damaged = 0; damaged < size; ++damaged) {
      for (const int value : {0, 1, 8, 0x7F, 0xFF}) {
        const std::unique_ptr<uint8_t[]> bytes(new uint8_t[size]);
        for (size_t i = 0; i < size; ++i) bytes[i] = whole[whole.size() - size + i];
        bytes[damaged] = static_cast<uint8_t>(value);
        const FlexbufferMap map(Span<const uint8_t>(bytes.get(), size));
        int32_t found = 0;
        float real = 0;
        for (const char* name : kNames) {
          (void)map.Find(name, &found);
          (void)map.FindReal(name, &real);
        }
      }
    }
  }
}

}  // namespace
}  // namespace earshot
