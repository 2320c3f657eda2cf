// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <string>
#include <vector>

#include "earshot/host/files/npy.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"

namespace earshot::test {
namespace {

constexpr size_t kWindow = 480;
constexpr size_t kChannels = 40;

// One frame of values that are stored frame by frame.
template <typename T>
Span<const T> Frame(const std::vector<T>& values, size_t frame, size_t per_frame) {
  return Span<const T>(values).subspan(frame * per_frame, per_frame);
}

void WriteStages(FieldWriter& writer, const std::string& folder, const std::string& name) {
  constexpr size_t kStride = 320;
  constexpr size_t kBins = 257;
  const auto load = [&](const char* stage) {
    return host::ReadNpy(folder + "stages/" + name + "." + stage + ".npy");
  };
  const auto samples = host::ReadNpy(folder + name + ".pcm.npy").As<int16_t>();
  const auto windowed = load("1_window").As<int16_t>();
  const auto magnitudes = load("1_maxabs").As<int32_t>();
  const auto shifts = load("1_shift").As<int32_t>();
  const auto spectra = load("2_fft").As<int16_t>();
  const auto energies = load("3_energy").As<int32_t>();
  const auto accumulators = load("4_fbacc").As<uint64_t>();
  const auto amplitudes = load("5_filterbank").As<uint32_t>();
  const auto reduced = load("6_noise_out").As<uint32_t>();
  const auto estimates = load("6_noise_estimate").As<uint32_t>();
  const auto normalized = load("7_pcan").As<uint32_t>();
  const auto features = load("8_log").As<uint16_t>();

  writer.Text(name);
  writer.Value(static_cast<uint32_t>(shifts.size()));
  for (size_t f = 0; f < shifts.size(); ++f) {
    writer.Array(Span<const int16_t>(samples).subspan(f * kStride, kWindow));
    writer.Array(Frame(windowed, f, kWindow));
    writer.Value(magnitudes[f]);
    writer.Value(shifts[f]);
    writer.Array(Frame(spectra, f, 2 * kBins));
    writer.Array(Frame(energies, f, kBins));
    // The first is that of the filter before the first one.
    writer.Array(Frame(accumulators, f, kChannels + 1).subspan(1));
    writer.Array(Frame(amplitudes, f, kChannels));
    writer.Array(Frame(reduced, f, kChannels));
    writer.Array(Frame(estimates, f, kChannels));
    writer.Array(Frame(normalized, f, kChannels));
    writer.Array(Frame(features, f, kChannels));
  }
}

// The samples of each frame and what they must give; at the end the samples that complete none.
void WriteSignal(FieldWriter& writer, const std::string& folder, const std::string& name,
                 size_t stride) {
  const auto samples = host::ReadNpy(folder + name + ".pcm.npy").As<int16_t>();
  const std::string step = std::to_string(stride / 16);
  const auto features = host::ReadNpy(folder + name + ".fe" + step + "_u16.npy").As<uint16_t>();
  writer.Text(name);
  writer.Value(static_cast<int32_t>(stride));
  writer.Value(static_cast<uint32_t>(features.size() / kChannels));
  size_t taken = 0;
  for (size_t f = 0; f < features.size() / kChannels; ++f) {
    const size_t end = kWindow + f * stride;
    writer.Array(Span<const int16_t>(samples).subspan(taken, end - taken));
    writer.Array(Frame(features, f, kChannels));
    taken = end;
  }
  writer.Array(Span<const int16_t>(samples).subspan(taken));
  // Recorded with strides of 20 ms only.
  if (stride == 320) {
    writer.Array(host::ReadNpy(folder + name + ".fe20_end_noise.npy").As<uint32_t>());
  } else {
    writer.Array(std::vector<uint32_t>());
  }
}

}  // namespace

void MakeFrontendData(const std::string& folder) {
  constexpr size_t kStrides[] = {160, 320};
  FieldWriter stages(folder + "frontend_stages");
  FieldWriter signals(folder + "frontend_signals");
  WriteStages(stages, GoldenPath("frontend/"), "syn_impulse_neg_centre");
  for (const char* name : {"syn_impulse_neg_centre", "syn_len_479", "syn_len_480", "syn_len_800",
                           "syn_noise_lsb", "syn_square_full"}) {
    for (const size_t stride : kStrides) {
      WriteSignal(signals, GoldenPath("frontend/"), name, stride);
    }
  }
  if (SharedDir().empty()) return;
  const std::string shared = SharedPath("golden/frontend/");
  for (const char* name : {"wav_yes_1000ms", "syn_sweep_log_3000", "syn_bursts_4s"}) {
    WriteStages(stages, shared, name);
  }
  for (const char* name : {"wav_yes_1000ms", "wav_no_1000ms", "wav_noise_1000ms", "wav_yes_30ms",
                           "syn_dc_max", "syn_noise_full", "syn_sweep_log_3000", "syn_yes_clipped",
                           "syn_no_m40db", "syn_bursts_4s", "tts_rms_yes"}) {
    for (const size_t stride : kStrides) WriteSignal(signals, shared, name, stride);
  }
}

}  // namespace earshot::test
