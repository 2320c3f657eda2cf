// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Each stage on its own: the original's intermediate results go in, its next ones must come out.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "earshot/frontend/fft.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/frontend/window.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr size_t kWindowSize = 480;
constexpr size_t kStride = 320;
constexpr size_t kFftSize = 512;
constexpr size_t kBins = 257;
constexpr size_t kChannels = 40;

// The dumps of one signal. `frame` cuts one frame's values out of [frames][per_frame].
class Stages {
 public:
  explicit Stages(const std::string& folder, const std::string& name)
      : base_(folder + "stages/" + name + "."),
        pcm_(host::ReadNpy(folder + name + ".pcm.npy").As<int16_t>()),
        frames_(Load<int32_t>("1_shift").size()) {}

  template <typename T>
  std::vector<T> Load(const std::string& stage) const {
    return host::ReadNpy(base_ + stage + ".npy").As<T>();
  }
  template <typename T>
  static std::vector<T> Frame(const std::vector<T>& values, size_t frame, size_t per_frame) {
    const auto begin = values.begin() + static_cast<ptrdiff_t>(frame * per_frame);
    return {begin, begin + static_cast<ptrdiff_t>(per_frame)};
  }
  size_t frames() const { return frames_; }
  Span<const int16_t> samples(size_t frame) const {
    return Span<const int16_t>(pcm_).subspan(frame * kStride, kWindowSize);
  }

 private:
  std::string base_;
  std::vector<int16_t> pcm_;
  size_t frames_;
};

void ExpectWindow(const Stages& stages) {
  const auto windowed = stages.Load<int16_t>("1_window");
  const auto magnitudes = stages.Load<int32_t>("1_maxabs");
  const auto shifts = stages.Load<int32_t>("1_shift");
  for (size_t f = 0; f < stages.frames(); ++f) {
    std::vector<int16_t> found(kWindowSize);
    const int shift = ApplyWindow(stages.samples(f), kStandardTables.window, found);
    ASSERT_EQ(found, Stages::Frame(windowed, f, kWindowSize)) << "frame " << f;
    ASSERT_EQ(shift, shifts[f]) << "frame " << f;
    ASSERT_EQ(InputShift(static_cast<uint32_t>(magnitudes[f])), shifts[f]) << "frame " << f;
  }
}

void ExpectFft(const Stages& stages) {
  const auto windowed = stages.Load<int16_t>("1_window");
  const auto shifts = stages.Load<int32_t>("1_shift");
  const auto spectra = stages.Load<int16_t>("2_fft");
  std::vector<EarshotComplex16> scratch(kFftSize / 2);
  std::vector<EarshotComplex16> spectrum(kBins);
  for (size_t f = 0; f < stages.frames(); ++f) {
    auto input = Stages::Frame(windowed, f, kWindowSize);
    input.resize(kFftSize);
    RealFft(kStandardTables.fft, shifts[f], input, scratch, spectrum);
    std::vector<int16_t> found;
    for (const EarshotComplex16& bin : spectrum) found.insert(found.end(), {bin.re, bin.im});
    ASSERT_EQ(found, Stages::Frame(spectra, f, 2 * kBins)) << "frame " << f;
  }
}

// The FFT's input and the spectrum in the same place, as the front end has them.
void ExpectFftInPlace(const Stages& stages) {
  const auto windowed = stages.Load<int16_t>("1_window");
  const auto shifts = stages.Load<int32_t>("1_shift");
  const auto spectra = stages.Load<int16_t>("2_fft");
  std::vector<EarshotComplex16> scratch(kFftSize / 2);
  std::vector<EarshotComplex16> memory(kBins);
  int16_t* const samples = &memory[0].re;
  const Span<int16_t> input(samples, kFftSize);
  for (size_t f = 0; f < stages.frames(); ++f) {
    const auto frame = Stages::Frame(windowed, f, kWindowSize);
    std::copy(frame.begin(), frame.end(), samples);
    std::fill(samples + kWindowSize, samples + kFftSize, int16_t{0});
    RealFft(kStandardTables.fft, shifts[f], input, scratch, memory);
    const std::vector<int16_t> found(samples, samples + 2 * kBins);
    ASSERT_EQ(found, Stages::Frame(spectra, f, 2 * kBins)) << "frame " << f;
  }
}

void ExpectFilterbank(const Stages& stages) {
  const auto spectra = stages.Load<int16_t>("2_fft");
  const auto energies = stages.Load<int32_t>("3_energy");
  const auto accumulators = stages.Load<uint64_t>("4_fbacc");
  const auto amplitudes = stages.Load<uint32_t>("5_filterbank");
  const auto shifts = stages.Load<int32_t>("1_shift");
  for (size_t f = 0; f < stages.frames(); ++f) {
    const auto flat = Stages::Frame(spectra, f, 2 * kBins);
    std::vector<EarshotComplex16> spectrum(kBins);
    for (size_t k = 0; k < kBins; ++k) spectrum[k] = {flat[2 * k], flat[2 * k + 1]};
    std::vector<uint32_t> energy(kBins, 0xFFFFFFFF);
    SpectrumEnergy(kStandardTables.filterbank, spectrum, energy);
    const auto golden_energy = Stages::Frame(energies, f, kBins);
    ASSERT_TRUE(std::equal(energy.begin(), energy.end(), golden_energy.begin(),
                           [](uint32_t a, int32_t b) { return a == static_cast<uint32_t>(b); }))
        << "frame " << f;

    std::vector<uint64_t> channels(kChannels);
    ApplyFilterbank(kStandardTables.filterbank, energy, channels);
    auto golden_channels = Stages::Frame(accumulators, f, kChannels + 1);
    golden_channels.erase(golden_channels.begin());  // The filter before the first.
    ASSERT_EQ(channels, golden_channels) << "frame " << f;

    std::vector<uint32_t> amplitude(kChannels);
    SquareRoots(channels, shifts[f], amplitude);
    ASSERT_EQ(amplitude, Stages::Frame(amplitudes, f, kChannels)) << "frame " << f;
  }
}

void ExpectNoiseReductionPcanAndLog(const Stages& stages) {
  const auto amplitudes = stages.Load<uint32_t>("5_filterbank");
  const auto reduced = stages.Load<uint32_t>("6_noise_out");
  const auto estimates = stages.Load<uint32_t>("6_noise_estimate");
  const auto normalized = stages.Load<uint32_t>("7_pcan");
  const auto features = stages.Load<uint16_t>("8_log");
  std::vector<uint32_t> estimate(kChannels, 0);
  for (size_t f = 0; f < stages.frames(); ++f) {
    auto signal = Stages::Frame(amplitudes, f, kChannels);
    ReduceNoise(kStandardTables.noise_reduction, estimate, signal);
    ASSERT_EQ(signal, Stages::Frame(reduced, f, kChannels)) << "frame " << f;
    ASSERT_EQ(estimate, Stages::Frame(estimates, f, kChannels)) << "frame " << f;
    ApplyPcan(kStandardTables.pcan, estimate, signal);
    ASSERT_EQ(signal, Stages::Frame(normalized, f, kChannels)) << "frame " << f;
    std::vector<uint16_t> found(kChannels);
    ApplyLog(kStandardTables.log, signal, found);
    ASSERT_EQ(found, Stages::Frame(features, f, kChannels)) << "frame " << f;
  }
}

void ExpectAllStages(const std::string& folder, const std::string& name) {
  SCOPED_TRACE(name);
  const Stages stages(folder, name);
  ASSERT_GT(stages.frames(), 0u);
  ExpectWindow(stages);
  ExpectFft(stages);
  ExpectFftInPlace(stages);
  ExpectFilterbank(stages);
  ExpectNoiseReductionPcanAndLog(stages);
}

// An impulse of -32768, the one magnitude that int16 does not hold.
TEST(FrontendStagesTest, SignalOfTheRepository) {
  ExpectAllStages(test::GoldenPath("frontend/"), "syn_impulse_neg_centre");
}

TEST(FrontendStagesTest, AllSignalsWithDumps) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name :
       {"wav_yes_1000ms", "syn_sweep_log_3000", "syn_bursts_4s", "syn_impulse_neg_centre"}) {
    ExpectAllStages(test::SharedPath("golden/frontend/"), name);
  }
}

}  // namespace
}  // namespace earshot
