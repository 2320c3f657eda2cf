// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The decimator on the bits of a modelled microphone: a second-order sigma-delta modulator in
// double precision. Real microphones have a fourth-order one, which is quieter.

#include "firmware/audio/pdm_decimator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <functional>
#include <random>
#include <vector>

namespace earshot {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kPdmHz = 1'024'000;
constexpr double kRateHz = 16'000;
constexpr double kFullScale = 32'768;

// Samples of `signal`, a function of seconds within -1 and 1, as one bit each: +1 or -1.
std::vector<double> Modulate(double seconds, const std::function<double(double)>& signal) {
  std::vector<double> bits(static_cast<size_t>(std::lround(seconds * kPdmHz)));
  double first = 0;
  double second = 0;
  for (size_t n = 0; n < bits.size(); ++n) {
    bits[n] = second >= 0 ? 1 : -1;
    first += signal(static_cast<double>(n) / kPdmHz) - bits[n];
    second += first - bits[n];
  }
  return bits;
}

std::vector<uint16_t> Pack(const std::vector<double>& bits) {
  std::vector<uint16_t> words(bits.size() / 16);
  for (size_t i = 0; i < words.size() * 16; ++i) {
    words[i / 16] = static_cast<uint16_t>(words[i / 16] << 1 | (bits[i] > 0 ? 1 : 0));
  }
  return words;
}

std::vector<int16_t> Decimate(const std::vector<uint16_t>& words, int gain_bits = 0) {
  PdmDecimator decimator(gain_bits);
  std::vector<int16_t> samples(words.size() / kPdmWordsPerSample);
  EXPECT_EQ(decimator.Process(words, samples), samples.size());
  return samples;
}

std::function<double(double)> Tone(double hertz, double amplitude) {
  return [=](double seconds) { return amplitude * std::sin(2 * kPi * hertz * seconds); };
}

// The last `count` of a signal as double.
template <typename T>
std::vector<double> Last(const std::vector<T>& signal, size_t count) {
  return std::vector<double>(signal.end() - static_cast<ptrdiff_t>(count), signal.end());
}

// Power at a frequency, Hann window; a tone of amplitude A gives A^2 / 2.
double PowerAt(const std::vector<double>& signal, double rate, double hertz) {
  const double length = static_cast<double>(signal.size());
  const std::complex<double> step = std::polar(1.0, -2 * kPi * hertz / rate);
  const std::complex<double> window_step = std::polar(1.0, 2 * kPi / length);
  std::complex<double> phasor = 1;
  std::complex<double> window = 1;
  std::complex<double> sum = 0;
  for (const double sample : signal) {
    sum += (1 - window.real()) * sample * phasor;
    phasor *= step;
    window *= window_step;
  }
  return 2 * std::norm(sum) / (length * length);
}

double Decibels(double power) { return 10 * std::log10(power); }

// The tone's power over that of everything else from 125 Hz to 7 kHz. `signal` holds 64 ms, so that
// bins are 15.625 Hz apart, and tones at multiples of that fall on one (and, with the window, on
// its neighbours).
double SignalToNoiseDb(const std::vector<double>& signal, double rate, double tone_hz) {
  const double bin_hz = rate / static_cast<double>(signal.size());
  double tone = 0;
  double noise = 0;
  for (double hertz = 125; hertz <= 7000; hertz += bin_hz) {
    const double power = PowerAt(signal, rate, hertz);
    (std::abs(hertz - tone_hz) < 2.5 * bin_hz ? tone : noise) += power;
  }
  return Decibels(tone / noise);
}

// The level of what comes out at `output_hz` for a tone of half of full scale at `input_hz`,
// relative to half of full scale.
double LevelDb(double input_hz, double output_hz) {
  const std::vector<int16_t> pcm = Decimate(Pack(Modulate(0.3, Tone(input_hz, 0.5))));
  const double half_scale_power = std::pow(0.5 * kFullScale, 2) / 2;
  return Decibels(PowerAt(Last(pcm, 1600), kRateHz, output_hz) / half_scale_power);
}

// Half a second for the high-pass to settle, the last 64 ms of which are looked at. The modulator
// itself has 71.1 dB, and so has what comes out.
TEST(PdmDecimator, KeepsTheModulatorsSignalToNoiseRatio) {
  const std::vector<double> bits = Modulate(0.5, Tone(1000, 0.5));
  const double before = SignalToNoiseDb(Last(bits, 65'536), kPdmHz, 1000);
  const double after = SignalToNoiseDb(Last(Decimate(Pack(bits)), 1024), kRateHz, 1000);
  RecordProperty("modulator_db", std::to_string(before));
  RecordProperty("decimator_db", std::to_string(after));
  EXPECT_GE(after, 60);
  EXPECT_GE(after, before - 2);
}

TEST(PdmDecimator, IsLevelInThePassBand) {
  for (const double hertz : {125, 250, 500, 1000, 2000, 3000, 4000, 5000, 6000, 6500, 7000}) {
    EXPECT_NEAR(LevelDb(hertz, hertz), 0, 0.1) << hertz;
  }
}

TEST(PdmDecimator, LetsNoTonesComeBackAsOthers) {
  for (double hertz = 9000; hertz <= 15'000; hertz += 500) {
    EXPECT_LT(LevelDb(hertz, kRateHz - hertz), -60) << hertz;
  }
  // Images round multiples of 16 kHz, the last of which the first stage keeps away alone.
  EXPECT_LT(LevelDb(17'000, 1000), -60);
  EXPECT_LT(LevelDb(31'000, 1000), -60);
  EXPECT_LT(LevelDb(47'000, 1000), -60);
  EXPECT_LT(LevelDb(60'000, 4000), -60);
}

TEST(PdmDecimator, TakesTheMicrophonesOffsetOut) {
  const auto tone = Tone(1000, 0.25);
  const std::vector<int16_t> pcm =
      Decimate(Pack(Modulate(0.5, [&](double seconds) { return 0.2 + tone(seconds); })));
  double sum = 0;
  for (const double sample : Last(pcm, 1600)) sum += sample;
  EXPECT_NEAR(sum / 1600, 0, 2);
  EXPECT_NEAR(
      Decibels(PowerAt(Last(pcm, 1600), kRateHz, 1000) / (std::pow(0.25 * kFullScale, 2) / 2)), 0,
      0.1);
}

// Thermal noise of -100 dBFS keeps the modulator from repeating itself.
TEST(PdmDecimator, IsQuietWhenNothingSounds) {
  std::mt19937 generator(1);
  std::normal_distribution<double> noise(0, 1e-4);
  const std::vector<int16_t> pcm =
      Decimate(Pack(Modulate(0.5, [&](double) { return noise(generator); })));
  double power = 0;
  for (const double sample : Last(pcm, 4000)) power += sample * sample / 4000;
  EXPECT_LT(Decibels(power / (kFullScale * kFullScale / 2)), -75);
}

TEST(PdmDecimator, AmplifiesBySixDecibelsEach) {
  const std::vector<uint16_t> words = Pack(Modulate(0.3, Tone(1000, 0.01)));
  for (int gain_bits = 0; gain_bits <= PdmDecimator::kMaxGainBits; ++gain_bits) {
    const double wanted = std::pow(0.01 * kFullScale * (1 << gain_bits), 2) / 2;
    const double power = PowerAt(Last(Decimate(words, gain_bits), 1600), kRateHz, 1000);
    EXPECT_NEAR(Decibels(power / wanted), 0, 0.1) << gain_bits;
  }
}

TEST(PdmDecimator, ClipsWhatIsTooLoud) {
  const std::vector<int16_t> pcm = Decimate(Pack(Modulate(0.3, Tone(500, 0.6))), 2);
  const auto [low, high] = std::minmax_element(pcm.begin(), pcm.end());
  EXPECT_EQ(*low, INT16_MIN);
  EXPECT_EQ(*high, INT16_MAX);
  // Clipped, not wrapped round: the sign is the input's all along, but for the filters' delay.
  const std::vector<int16_t> quiet = Decimate(Pack(Modulate(0.3, Tone(500, 0.6))), 0);
  for (size_t i = 1600; i < pcm.size(); ++i) {
    if (std::abs(quiet[i]) <= 4) continue;
    EXPECT_EQ(pcm[i] > 0, quiet[i] > 0) << i;
  }
}

// All bits alike is as loud as it gets.
TEST(PdmDecimator, BearsConstantBits) {
  for (const uint16_t word : {uint16_t{0}, uint16_t{0xFFFF}}) {
    std::vector<uint16_t> words(640, 0x5555);
    words.resize(6400, word);
    const std::vector<int16_t> pcm = Decimate(words, PdmDecimator::kMaxGainBits);
    EXPECT_EQ(pcm[100], 0);
    EXPECT_EQ(pcm[200], word == 0 ? INT16_MIN : INT16_MAX);
  }
}

TEST(PdmDecimator, DoesNotDependOnHowTheBitsArrive) {
  std::mt19937 generator(7);
  std::vector<uint16_t> words(4 * 1000);
  for (uint16_t& word : words) word = static_cast<uint16_t>(generator());
  const std::vector<int16_t> whole = Decimate(words, 1);

  PdmDecimator decimator(1);
  std::vector<int16_t> pieces(whole.size());
  size_t written = 0;
  for (size_t begin = 0; begin < words.size();) {
    const size_t count = std::min<size_t>(generator() % 23, words.size() - begin);
    written += decimator.Process({words.data() + begin, count},
                                 {pieces.data() + written, pieces.size() - written});
    begin += count;
  }
  EXPECT_EQ(written, whole.size());
  EXPECT_EQ(pieces, whole);
}

// Hogenauer's form of the first stage: four integrators that wrap round, every sixteenth value
// through four differences.
class IntegratorComb {
 public:
  // Whether a value is complete; `*value` is it.
  bool Push(int bit, int32_t* value) {
    uint32_t x = static_cast<uint32_t>(bit);
    for (uint32_t& sum : sums_) x = sum += x;
    if (++count_ % 16 != 0) return false;
    for (uint32_t& before : before_) {
      const uint32_t difference = x - before;
      before = x;
      x = difference;
    }
    *value = static_cast<int32_t>(x);
    return true;
  }

 private:
  uint32_t sums_[4] = {};
  uint32_t before_[4] = {};
  int count_ = 0;
};

TEST(PdmDecimator, EqualsIntegratorsAndCombs) {
  std::mt19937 generator(3);
  std::vector<uint16_t> words(4 * 500, 0x5555);
  for (size_t i = 400; i < words.size(); ++i) words[i] = static_cast<uint16_t>(generator());

  // Four words of silence fill the combs' memory, as PdmDecimator's is filled.
  IntegratorComb first_stage;
  int32_t ignored = 0;
  for (int bit = 0; bit < 64; ++bit) first_stage.Push(bit % 2 * 2 - 1, &ignored);
  std::vector<int32_t> low_rate(kPdmFilterTaps, 0);
  HighPass high_pass;
  std::vector<int16_t> wanted;
  for (const uint16_t word : words) {
    int32_t value = 0;
    for (int bit = 15; bit >= 0; --bit) first_stage.Push((word >> bit & 1) * 2 - 1, &value);
    low_rate.push_back(std::min(value / 2, 32'767));
    if (low_rate.size() % 4 != 0) continue;
    int64_t sum = 0;
    for (size_t i = 0; i < kPdmFilterTaps; ++i) {
      sum += kPdmFilter[i] * low_rate[low_rate.size() - 1 - i];
    }
    const double rounded = std::floor(std::ldexp(static_cast<double>(sum), -12) + 0.5);
    wanted.push_back(high_pass.Filter(static_cast<int32_t>(rounded)));
  }
  const std::vector<int16_t> got = Decimate(words, 2);
  EXPECT_EQ(got, wanted);
}

}  // namespace
}  // namespace earshot
