// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/linear_samples.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace earshot::host {
namespace {

TEST(LinearSamplesTest, SixteenBitsAreWhatTheyAreAsDoubles) {
  for (const bool big_endian : {false, true}) {
    LinearFormat format;
    format.encoding = SampleEncoding::kSigned;
    format.sample_bytes = 2;
    format.big_endian = big_endian;
    ASSERT_TRUE(IsSixteenBits(format));
    std::vector<uint8_t> bytes;
    for (int i = 0; i < 65536; ++i) {
      bytes.push_back(static_cast<uint8_t>(i));
      bytes.push_back(static_cast<uint8_t>(i >> 8));
    }
    bytes.push_back(1);  // Half a sample.
    std::vector<double> doubles;
    DecodeSamples(format, bytes, &doubles);
    std::vector<int16_t> samples = {1, 2, 3};
    DecodeSixteenBits(format, bytes, &samples);
    ASSERT_EQ(samples.size(), 65536u);
    ASSERT_EQ(doubles.size(), samples.size());
    for (size_t i = 0; i < samples.size(); ++i) ASSERT_EQ(samples[i], doubles[i] * 32768) << i;
    EXPECT_EQ(samples[1], big_endian ? 256 : 1);
  }
}

TEST(LinearSamplesTest, OtherFormatsAreNotSixteenBits) {
  LinearFormat format;
  format.encoding = SampleEncoding::kSigned;
  format.sample_bytes = 2;
  LinearFormat padded = format;
  padded.padding_bits = 4;
  EXPECT_FALSE(IsSixteenBits(padded));
  LinearFormat other_size = format;
  other_size.sample_bytes = 3;
  EXPECT_FALSE(IsSixteenBits(other_size));
  LinearFormat other_encoding = format;
  other_encoding.encoding = SampleEncoding::kUnsigned;
  EXPECT_FALSE(IsSixteenBits(other_encoding));
}

}  // namespace
}  // namespace earshot::host
