// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The operators of TFLM's Signal library, against mathematics in double precision.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "earshot/frontend/fft.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/files/npy.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/signal_model.h"
#include "tests/support/golden.h"
#include "tests/support/repeated_runs.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Random;
using test::RunResult;
using test::SignalConstant;
using test::SignalModel;
using test::SignalOperator;
using test::TensorSpec;

constexpr double kPi = 3.14159265358979323846;

TensorSpec Of(TensorType type, std::vector<int32_t> shape) { return {std::move(shape), type}; }

template <typename T>
RunResult RunSignal(const SignalOperator& op, const std::vector<T>& input) {
  RunResult result = test::RunModel(SignalModel(op), {BytesOf(input)});
  EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
  return result;
}

std::vector<int16_t> Samples(Random& random, size_t count, int32_t largest) {
  std::vector<int16_t> samples(count);
  for (int16_t& sample : samples) sample = static_cast<int16_t>(random.Between(-largest, largest));
  return samples;
}

// Of every magnitude as often.
std::vector<uint32_t> Numbers(Random& random, size_t count, int most_bits) {
  std::vector<uint32_t> numbers(count);
  for (uint32_t& number : numbers) {
    const int bits = random.Between(1, most_bits);
    const auto any = static_cast<uint32_t>(random.Between(INT32_MIN / 2, INT32_MAX / 2));
    number = (any & 0x7FFFFFFF) >> (31 - std::min(bits, 31));
  }
  return numbers;
}

TEST(SignalTest, WindowWeightsEachFrame) {
  Random random(1);
  const std::vector<int16_t> samples = Samples(random, 3 * 50, 32767);
  const std::vector<int16_t> weights = Samples(random, 50, 32767);
  for (const int shift : {0, 12, 15, 31}) {
    const TensorSpec frames = Of(TensorType::INT16, {3, 50});
    const auto output = RunSignal<int16_t>({"SignalWindow",
                                            {frames, SignalConstant(weights, TensorType::INT16)},
                                            {frames},
                                            {{"shift", shift}}},
                                           samples)
                            .As<int16_t>();
    for (size_t i = 0; i < samples.size(); ++i) {
      const double product = std::floor(std::ldexp(1.0 * samples[i] * weights[i % 50], -shift));
      EXPECT_EQ(output[i], std::clamp(product, -32768.0, 32767.0)) << i << " " << shift;
    }
  }
}

TEST(SignalTest, AutoScaleFillsSixteenBits) {
  Random random(2);
  for (int bits = 0; bits <= 15; ++bits) {
    std::vector<int16_t> samples = Samples(random, 40, std::max((1 << bits) - 1, 0));
    if (bits > 0) samples[7] = static_cast<int16_t>(1 << (bits - 1));  // As large as that.
    const RunResult run =
        RunSignal<int16_t>({"SignalFftAutoScale",
                            {Of(TensorType::INT16, {40})},
                            {Of(TensorType::INT16, {40}), Of(TensorType::INT32, {})}},
                           samples);
    const int up = bits == 0 ? 0 : 15 - bits;  // Silence is not scaled.
    EXPECT_EQ(run.As<int32_t>(1)[0], up);
    const auto scaled = run.As<int16_t>(0);
    for (size_t i = 0; i < samples.size(); ++i) {
      EXPECT_EQ(scaled[i], std::ldexp(samples[i], up)) << i;
    }
  }
}

// Of -32768 the original finds a magnitude of -32768, which counts until a larger one comes.
TEST(SignalTest, AutoScaleCountsFromTheLastOfTheLowestSamples) {
  const SignalOperator op = {"SignalFftAutoScale",
                             {Of(TensorType::INT16, {3})},
                             {Of(TensorType::INT16, {3}), Of(TensorType::INT32, {})}};
  EXPECT_EQ(RunSignal<int16_t>(op, {5, 1, -32768}).As<int32_t>(1)[0], 0);
  const RunResult run = RunSignal<int16_t>(op, {9, -32768, 3});
  EXPECT_EQ(run.As<int32_t>(1)[0], 13);
  EXPECT_EQ(run.As<int16_t>(0), (std::vector<int16_t>{9 * 8192 - 65536, 0, 3 * 8192}));
}

SignalOperator Rfft(int32_t frames, int32_t size, int32_t length) {
  return {"SignalRfft",
          {Of(TensorType::INT16, {frames, size})},
          {Of(TensorType::INT16, {frames, length + 2})},
          {{"T", 7}, {"fft_length", length}}};
}

TEST(SignalTest, RfftIsTheSpectrumOverTheLength) {
  Random random(3);
  for (const int length : {4, 8, 16, 64, 128, 1024}) {
    const int size = length - length / 5;
    const std::vector<int16_t> samples = Samples(random, static_cast<size_t>(2 * size), 30000);
    const auto spectra = RunSignal<int16_t>(Rfft(2, size, length), samples).As<int16_t>();
    for (int frame = 0; frame < 2; ++frame) {
      for (int bin = 0; bin <= length / 2; ++bin) {
        std::complex<double> sum = 0;
        for (int i = 0; i < size; ++i) {
          const double phase = -2 * kPi * (static_cast<int64_t>(bin) * i % length) / length;
          sum += std::polar<double>(samples[static_cast<size_t>(frame * size + i)], phase);
        }
        const auto at = static_cast<size_t>(frame * (length + 2) + 2 * bin);
        const double tolerance = 2 + 0.001 * std::abs(sum) / length;  // Each stage rounds.
        EXPECT_NEAR(spectra[at], sum.real() / length, tolerance) << length << " " << bin;
        EXPECT_NEAR(spectra[at + 1], sum.imag() / length, tolerance) << length << " " << bin;
      }
    }
  }
}

TEST(SignalTest, RfftGivesTheBitsOfTheFrontEnd) {
  Random random(4);
  const std::vector<int16_t> samples = Samples(random, 480, 32767);
  const auto spectrum = RunSignal<int16_t>(Rfft(1, 480, 512), samples).As<int16_t>();
  std::vector<int16_t> frame = samples;
  frame.resize(512);
  std::vector<EarshotComplex16> scratch(256), wanted(257);
  RealFft(kStandardTables.fft, 0, frame, scratch, wanted);
  for (size_t bin = 0; bin < wanted.size(); ++bin) {
    EXPECT_EQ(spectrum[2 * bin], wanted[bin].re) << bin;
    EXPECT_EQ(spectrum[2 * bin + 1], wanted[bin].im) << bin;
  }
}

TEST(SignalTest, EnergyOfTheBinsThatAreAskedFor) {
  Random random(5);
  std::vector<int16_t> spectrum = Samples(random, 40, 32767);
  spectrum[10] = spectrum[11] = -32768;
  const auto energy = RunSignal<int16_t>({"SignalEnergy",
                                          {Of(TensorType::INT16, {40})},
                                          {Of(TensorType::UINT32, {20})},
                                          {{"start_index", 3}, {"end_index", 17}}},
                                         spectrum)
                          .As<uint32_t>();
  for (size_t bin = 0; bin < 20; ++bin) {
    const double re = spectrum[2 * bin], im = spectrum[2 * bin + 1];
    EXPECT_EQ(energy[bin], bin >= 3 && bin < 17 ? re * re + im * im : 0.0) << bin;
  }
}

TEST(SignalTest, FilterBankSumsEachBandIntoTwoChannels) {
  Random random(6);
  const SignalOperator op = test::SmallFilterBank();
  const std::vector<uint32_t> energy = Numbers(random, 9, 31);
  const auto table = [&op](size_t input, int32_t i) {
    int16_t value = 0;
    std::memcpy(&value, op.inputs[input].data.data() + 2 * i, sizeof(value));
    return static_cast<int32_t>(value);
  };
  const auto channels = RunSignal(op, energy).As<uint64_t>();
  for (int32_t channel = 0; channel < 2; ++channel) {
    double sum = 0;
    for (int32_t side = 0; side < 2; ++side) {  // Unweights of its band, weights of the next.
      const int32_t band = channel + side;
      for (int32_t i = 0; i < table(5, band); ++i) {
        sum += 1.0 * table(side == 0 ? 2 : 1, table(4, band) + i) *
               energy[static_cast<size_t>(table(3, band) + i)];
      }
    }
    EXPECT_EQ(static_cast<double>(channels[static_cast<size_t>(channel)]), sum) << channel;
  }
}

TEST(SignalTest, SquareRootIsRoundedAndShifted) {
  Random random(7);
  std::vector<uint64_t> energy;
  for (const uint32_t number : Numbers(random, 60, 31)) {
    energy.push_back(number);
    energy.push_back(uint64_t{number} * number);
  }
  for (const int bits : {0, 5, 15}) {
    test::ModelBuilder model =
        SignalModel({"SignalFilterBankSquareRoot",
                     {Of(TensorType::UINT64, {120}), Of(TensorType::INT32, {})},
                     {Of(TensorType::UINT32, {120})}});
    const RunResult run =
        test::RunModel(model, {BytesOf(energy), BytesOf(std::vector<int32_t>{bits})});
    ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
    const auto roots = run.As<uint32_t>();
    for (size_t i = 0; i < energy.size(); ++i) {
      const auto root =
          static_cast<uint32_t>(std::llroundl(std::sqrt(static_cast<long double>(energy[i]))));
      EXPECT_EQ(roots[i], root >> bits) << energy[i];
    }
  }
}

TEST(SignalTest, SpectralSubtractionFollowsTheNoise) {
  for (const bool clamping : {false, true}) {
    Random random(8);
    constexpr size_t kChannels = 6;
    test::RepeatedRuns runs(SignalModel(test::SpectralSubtraction(kChannels, clamping)));
    std::vector<double> estimate(kChannels, 0);
    for (int frame = 0; frame < 40; ++frame) {
      if (frame == 30) {
        runs.interpreter().ResetVariables();
        estimate.assign(kChannels, 0);
      }
      const std::vector<uint32_t> signal = Numbers(random, kChannels, 20);
      const std::vector<uint32_t> output = runs.Run(signal);
      const Span<uint32_t> told = runs.interpreter().output(1).as<uint32_t>();
      for (size_t c = 0; c < kChannels; ++c) {
        const double smoothing = c % 2 == 0 ? 409 : 983, scaled = signal[c] * 1024.0;
        estimate[c] =
            std::floor((scaled * smoothing + estimate[c] * (c % 2 == 0 ? 15975 : 15401)) / 16384);
        const double rest = std::floor((scaled - std::min(estimate[c], scaled)) / 1024);
        EXPECT_EQ(output[c], std::max(rest, std::floor(signal[c] * 819.0 / 16384)));
        if (clamping) estimate[c] = std::min(estimate[c], scaled);
        EXPECT_EQ(told[c], estimate[c]) << frame << " " << c;
      }
    }
  }
}

TEST(SignalTest, PcanCompressesTheSignalOverTheNoise) {
  Random random(9);
  std::vector<int16_t> gains = Samples(random, 125, 32767);
  for (int16_t& gain : gains) gain = static_cast<int16_t>(gain & 0x7FFF);
  // At powers of two the gain is the first of an interval's three numbers.
  std::vector<uint32_t> estimate = {0, 1};
  std::vector<int16_t> gain_of = {gains[0], gains[1]};
  for (size_t bits = 2; bits <= 32; ++bits) {
    estimate.push_back(uint32_t{1} << (bits - 1));
    gain_of.push_back(gains[4 * bits - 6]);
  }
  const auto channels = static_cast<int32_t>(estimate.size());
  const std::vector<uint32_t> signal = Numbers(random, estimate.size(), 16);
  const TensorSpec tensor = Of(TensorType::UINT32, {channels});
  const RunResult run =
      test::RunModel(SignalModel({"SignalPCAN",
                                  {tensor, tensor, SignalConstant(gains, TensorType::INT16)},
                                  {tensor},
                                  {{"snr_shift", 6}}}),
                     {BytesOf(signal), BytesOf(estimate)});
  ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
  const auto output = run.As<uint32_t>();
  for (size_t c = 0; c < estimate.size(); ++c) {
    const double snr = std::floor(1.0 * gain_of[c] * signal[c] / 64);
    const double wanted = snr < 8192 ? std::floor(snr * snr / 1048576) : std::floor(snr / 64) - 64;
    EXPECT_EQ(output[c], wanted) << c;
  }
}

TEST(SignalTest, LogarithmIsScaledAndSaturates) {
  Random random(10);
  std::vector<uint32_t> signal = Numbers(random, 200, 29);
  signal[0] = 0;
  for (const int scale : {1, 64, 1600}) {
    const auto features =
        RunSignal<uint32_t>({"SignalFilterBankLog",
                             {Of(TensorType::UINT32, {200})},
                             {Of(TensorType::INT16, {200})},
                             {{"input_correction_bits", 2}, {"output_scale", scale}}},
                            signal)
            .As<int16_t>();
    EXPECT_EQ(features[0], 0);
    for (size_t i = 1; i < signal.size(); ++i) {
      const double wanted = scale * std::log(std::max(4.0 * signal[i], 1.0));
      // The table's interpolation is off by up to 2^-8 of a factor of 2.
      EXPECT_NEAR(features[i], std::min(wanted, 32767.0), 0.5 + scale * 0.006) << signal[i];
    }
  }
}

// All of them in a row, and what lies between: TFLM's preprocessor.
TEST(SignalTest, TheAudioPreprocessorGivesTheRecordedFeatures) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const AlignedBytes file(
      test::ReadBytes(test::SharedPath("models/audio_preprocessor_int8.tflite")));
  Model model;
  ASSERT_TRUE(Model::Load(file.span(), &model).ok());
  AlignedBytes arena(size_t{1} << 16);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  const Status status = interpreter.AllocateTensors();
  ASSERT_TRUE(status.ok()) << test::Text(status);
  for (const char* name : {"syn_impulse_neg_centre", "syn_yes_clipped", "wav_yes_1000ms",
                           "syn_noise_full", "wav_sww_short10s", "syn_silence"}) {
    const std::vector<int16_t> pcm =
        host::ReadNpy(test::SharedPath(std::string("golden/frontend/") + name + ".pcm.npy"))
            .As<int16_t>();
    const host::NpyArray wanted =
        host::ReadNpy(test::SharedPath(std::string("golden/preproc/") + name + ".pre_int8.npy"));
    ASSERT_GT(wanted.shape[0], 0u);
    interpreter.ResetVariables();
    for (size_t frame = 0; frame < wanted.shape[0]; ++frame) {
      std::memcpy(interpreter.input(0).bytes.data(), pcm.data() + 320 * frame, 960);
      ASSERT_TRUE(interpreter.Invoke().ok());
      const Span<uint8_t> found = interpreter.output(0).bytes;
      ASSERT_EQ(std::memcmp(found.data(), wanted.bytes.data() + frame * found.size(), found.size()),
                0)
          << name << " frame " << frame;
    }
  }
}

struct Refusal {
  const char* name;
  SignalOperator op;
  StatusCode code;
  const char* text;
};

class SignalRefusalTest : public testing::TestWithParam<Refusal> {};

TEST_P(SignalRefusalTest, SaysWhatIsWrong) {
  const Status status = test::RunModel(SignalModel(GetParam().op), {}).status;
  EXPECT_EQ(status.code, GetParam().code);
  EXPECT_NE(test::Text(status).find(GetParam().text), std::string::npos) << test::Text(status);
}

SignalOperator Window(int64_t shift, int32_t size) {
  const TensorSpec frame = Of(TensorType::INT16, {size});
  return {"SignalWindow",
          {frame, SignalConstant(std::vector<int16_t>(8, 1), TensorType::INT16)},
          {frame},
          {{"shift", shift}}};
}

SignalOperator Without(SignalOperator op, size_t option) {
  op.options.erase(op.options.begin() + static_cast<ptrdiff_t>(option));
  return op;
}

SignalOperator WithTable(size_t input, std::vector<int16_t> values) {
  SignalOperator op = test::SmallFilterBank();
  op.inputs[input] = SignalConstant(values, TensorType::INT16);
  return op;
}

SignalOperator ComputedTable() {
  SignalOperator op = test::SmallFilterBank();
  op.inputs[3].data.clear();
  return op;
}

constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

INSTANTIATE_TEST_SUITE_P(
    All, SignalRefusalTest,
    testing::Values(
        Refusal{"WindowWithoutShift", Without(Window(12, 8), 0), kInvalid, "options: numbers"},
        Refusal{"WindowShift", Window(32, 8), kInvalid, "shift: out of range"},
        Refusal{"WindowNegativeShift", Window(-1, 8), kInvalid, "shift: out of range"},
        Refusal{"WindowSize", Window(12, 9), kInvalid, "weights: number of elements"},
        Refusal{"RfftLength", Rfft(1, 5, 12), kUnsupported, "not a power of two"},
        Refusal{"RfftFrame", Rfft(1, 17, 16), kInvalid, "input: last extent"},
        Refusal{"FilterBankBins", WithTable(3, {1, 3, 8}), kInvalid, "a band's bins"},
        Refusal{"FilterBankNegativeBin", WithTable(3, {-1, 3, 6}), kInvalid, "a band's bins"},
        Refusal{"FilterBankWeights", WithTable(4, {0, 2, 6}), kInvalid, "a band's weights"},
        Refusal{"FilterBankNegativeWidth", WithTable(5, {2, 3, -2}), kInvalid, "a band's bins"},
        Refusal{"FilterBankBands", WithTable(5, {2, 3}), kInvalid, "tables: number"},
        Refusal{"FilterBankUnweights", WithTable(2, {1, 2}), kInvalid, "unweights: number"},
        Refusal{"FilterBankComputed", ComputedTable(), kUnsupported, "tables: constants"},
        Refusal{"SubtractionShare", Without(test::SpectralSubtraction(3, false), 2), kInvalid,
                "options: numbers"}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
