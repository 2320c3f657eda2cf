// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/sha256.h"

#include <gtest/gtest.h>

#include "earshot/models/manifest.h"

namespace earshot {
namespace {

constexpr uint8_t kAbc[] = {'a', 'b', 'c'};
// FIPS 180-4, example for "abc"; and the well-known one of nothing.
constexpr char kAbcHash[] = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
constexpr char kNothingHash[] = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

TEST(Sha256, KnownAnswers) {
  EXPECT_EQ(Sha256(kAbc), kAbcHash);
  EXPECT_EQ(Sha256({}), kNothingHash);
}

TEST(ModelHash, IsCheckedWhereThereIsOne) {
  CheckModelHash(kAbc, kAbcHash);
  CheckModelHash(kAbc, "");
  try {
    CheckModelHash(kAbc, kNothingHash, "m.json");
    FAIL() << "accepted";
  } catch (const ManifestError& error) {
    EXPECT_EQ(error.what(), std::string("m.json: earshot.sha256: found ") + kNothingHash +
                                ", wanted " + kAbcHash + ", the model file's");
  }
}

}  // namespace
}  // namespace earshot
