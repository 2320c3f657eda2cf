// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any samples, at any rate, in any number of channels, through StreamConverter: as a whole and cut
// into pieces, which must not matter.

#include <algorithm>
#include <vector>

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "tests/fuzz/fuzz_target.h"

namespace earshot::host {
namespace {

constexpr int kMostChannels = 40;
constexpr size_t kMostFrames = 2000;

void TrySamples(Span<const uint8_t> bytes) {
  test::FuzzInput input(bytes);
  constexpr int kRates[] = {16000, 8000, 11025, 44100, 48000, 1000, 768000, 999, 96001};
  const auto rate_choice = input.Take<uint8_t>();
  int rate = kRates[rate_choice % std::size(kRates)];
  if (rate_choice >= 128) rate = input.Take<int32_t>() % 800000;
  const int channels = input.Take<int8_t>() % (kMostChannels + 1);
  const int channel = input.Take<int8_t>();
  const auto piece = static_cast<size_t>(input.Take<uint8_t>());
  const bool as_bits = input.TakeFlag();
  const auto loudness = input.Take<double>();
  std::vector<double> samples;
  const size_t frame = channels > 0 ? static_cast<size_t>(channels) : 1;
  while (!input.rest().empty() && samples.size() < kMostFrames * frame) {
    // Any number at all, or one of the usual size.
    samples.push_back(as_bits ? input.Take<double>() : input.Take<int16_t>() / 32768.0 * loudness);
  }
  samples.resize((samples.size() + frame - 1) / frame * frame);

  std::vector<int16_t> whole;
  std::vector<int16_t> pieces;
  try {
    StreamConverter converter(rate, channels, channel);
    converter.Convert(Span<const double>(samples), &whole);
    converter.Finish(&whole);
    SoundFlaws flaws;
    converter.AddFlaws(&flaws);
    test::Require(!converter.Text().empty(), "a converter says what it does");
    StreamConverter other(rate, channels, channel);
    Span<const double> rest = samples;
    while (!rest.empty()) {
      const size_t count = std::min((piece + 1) * frame, rest.size());
      other.Convert(rest.subspan(0, count), &pieces);
      rest = rest.subspan(count);
    }
    other.Finish(&pieces);
  } catch (const InputError&) {
    return;
  }
  test::Require(whole == pieces, "what comes out does not depend on how it is cut");
}

}  // namespace
}  // namespace earshot::host

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::host::TrySamples({bytes, size});
  return 0;
}
