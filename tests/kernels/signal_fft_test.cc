// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalRfft and SignalIrfft of every type, against sums in double precision.

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/signal_model.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Random;
using test::RunResult;
using test::SignalModel;
using test::SignalOperator;

constexpr double kPi = 3.14159265358979323846;
constexpr int kLengths[] = {4, 8, 16, 64, 128, 1024};

SignalOperator Fft(const char* name, TensorType type, int32_t size, int32_t output_size,
                   int32_t length) {
  return {name,
          {{{2, size}, type}},
          {{{2, output_size}, type}},
          {{"T", static_cast<int64_t>(type)}, {"fft_length", length}}};
}

template <typename T>
std::vector<T> Run(const SignalOperator& op, const std::vector<T>& input) {
  const RunResult result = test::RunModel(SignalModel(op), {BytesOf(input)});
  EXPECT_TRUE(result.status.ok()) << test::Text(result.status);
  return result.As<T>();
}

template <typename T>
std::vector<T> Numbers(Random& random, int32_t count, int32_t largest) {
  std::vector<T> numbers(static_cast<size_t>(count));
  for (T& number : numbers) number = static_cast<T>(random.Between(-largest, largest));
  return numbers;
}

std::complex<double> Turn(int64_t k, int64_t i, int64_t length) {
  return std::polar(1.0,
                    2 * kPi * static_cast<double>(k * i % length) / static_cast<double>(length));
}

// `share`: of a sum, what a bin is. The tolerance is for the rounding of each stage.
template <typename T>
void CheckSpectra(TensorType type, int32_t largest, bool divided, double least, double relative) {
  Random random(1);
  for (const int length : kLengths) {
    const int size = length - length / 5;
    const auto samples = Numbers<T>(random, 2 * size, largest);
    const auto spectra = Run(Fft("SignalRfft", type, size, length + 2, length), samples);
    for (int bin = 0; bin <= length / 2; ++bin) {
      for (int frame = 0; frame < 2; ++frame) {
        std::complex<double> sum = 0;
        double magnitude = 0;
        for (int i = 0; i < size; ++i) {
          const auto sample = static_cast<double>(samples[static_cast<size_t>(frame * size + i)]);
          sum += sample * std::conj(Turn(bin, i, length));
          magnitude += std::abs(sample);
        }
        const double share = divided ? 1.0 / length : 1.0;
        const auto at = static_cast<size_t>(frame * (length + 2) + 2 * bin);
        const double tolerance = least + relative * magnitude * share;
        EXPECT_NEAR(static_cast<double>(spectra[at]), sum.real() * share, tolerance) << length;
        EXPECT_NEAR(static_cast<double>(spectra[at + 1]), sum.imag() * share, tolerance) << length;
      }
    }
  }
}

TEST(SignalFftTest, SpectraOfInt16) {
  CheckSpectra<int16_t>(TensorType::INT16, 30000, true, 2, 1e-3);
}

TEST(SignalFftTest, SpectraOfInt32) {
  CheckSpectra<int32_t>(TensorType::INT32, 2000000000, true, 16, 1e-7);
}

TEST(SignalFftTest, SpectraOfFloat32) {
  CheckSpectra<float>(TensorType::FLOAT32, 1000, false, 1e-6, 1e-6);
}

// The sum over all bins, those above the middle being the mirrored ones.
template <typename T>
void CheckFrames(TensorType type, int32_t largest, double least, double relative) {
  Random random(2);
  for (const int length : kLengths) {
    const int numbers = length + 2;
    auto spectra = Numbers<T>(random, 2 * numbers, largest);
    for (const int at : {1, length + 1, numbers + 1, numbers + length + 1}) {
      spectra[static_cast<size_t>(at)] = 0;  // The first and the last bin are real.
    }
    const auto samples = Run(Fft("SignalIrfft", type, numbers, length, length), spectra);
    for (int i = 0; i < 2 * length; ++i) {
      const int frame = i / length;
      double sum = 0, magnitude = 0;
      for (int bin = 0; bin <= length / 2; ++bin) {
        const auto at = static_cast<size_t>(frame * numbers + 2 * bin);
        const std::complex<double> number(static_cast<double>(spectra[at]),
                                          static_cast<double>(spectra[at + 1]));
        const double twice = bin == 0 || bin == length / 2 ? 1 : 2;
        sum += twice * (number * Turn(bin, i % length, length)).real();
        magnitude += twice * std::abs(number);
      }
      EXPECT_NEAR(static_cast<double>(samples[static_cast<size_t>(i)]), sum / length,
                  least + relative * magnitude / length)
          << length << " " << i;
    }
  }
}

TEST(SignalFftTest, FramesOfInt16) { CheckFrames<int16_t>(TensorType::INT16, 8000, 3, 2e-3); }

TEST(SignalFftTest, FramesOfInt32) { CheckFrames<int32_t>(TensorType::INT32, 500000000, 32, 1e-7); }

TEST(SignalFftTest, FramesOfFloat32) { CheckFrames<float>(TensorType::FLOAT32, 1000, 1e-6, 1e-6); }

struct FftRefusal {
  const char* name;
  SignalOperator op;
  StatusCode code;
  const char* text;
};

class SignalFftRefusalTest : public testing::TestWithParam<FftRefusal> {};

TEST_P(SignalFftRefusalTest, SaysWhatIsWrong) {
  const Status status = test::RunModel(SignalModel(GetParam().op), {}).status;
  EXPECT_EQ(status.code, GetParam().code);
  EXPECT_NE(test::Text(status).find(GetParam().text), std::string::npos) << test::Text(status);
}

SignalOperator Int16Given(SignalOperator op) {
  op.outputs[0].type = TensorType::INT16;
  return op;
}

INSTANTIATE_TEST_SUITE_P(
    All, SignalFftRefusalTest,
    testing::Values(FftRefusal{"OtherOutput",
                               Int16Given(Fft("SignalRfft", TensorType::INT32, 8, 10, 8)),
                               StatusCode::kUnsupported, "output: type"},
                    FftRefusal{"InverseLength", Fft("SignalIrfft", TensorType::INT32, 14, 12, 12),
                               StatusCode::kUnsupported, "not a power of two"},
                    FftRefusal{"InverseBins", Fft("SignalIrfft", TensorType::FLOAT32, 12, 8, 8),
                               StatusCode::kInvalidModel, "input: last extent"},
                    FftRefusal{"InverseSamples", Fft("SignalIrfft", TensorType::INT16, 10, 6, 8),
                               StatusCode::kInvalidModel, "output: last extent"}),
    [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
