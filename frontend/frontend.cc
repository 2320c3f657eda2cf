// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "frontend/frontend.h"

#include "frontend/fft.h"
#include "frontend/filterbank.h"
#include "frontend/log_scale.h"
#include "frontend/noise_reduction.h"
#include "frontend/pcan_gain.h"
#include "frontend/square_root.h"

namespace earshot {
namespace {

// Cuts a piece of memory into arrays. Without memory it only counts.
class Carver {
 public:
  explicit Carver(uint8_t* memory) : memory_(memory) {}

  template <typename T>
  Span<T> Take(size_t count) {
    used_ = (used_ + alignof(T) - 1) / alignof(T) * alignof(T);
    void* begin = memory_ == nullptr ? nullptr : memory_ + used_;
    used_ += count * sizeof(T);
    return Span<T>(static_cast<T*>(begin), count);
  }
  size_t used() const { return used_; }

 private:
  uint8_t* memory_;
  size_t used_ = 0;
};

struct Layout {
  Span<uint64_t> channel_energy;
  Span<uint32_t> noise_estimate;
  Span<uint32_t> signal;
  Span<uint32_t> energy;
  Span<int16_t> pending;
  Span<uint16_t> features;
  Span<int16_t> fft_input;
  Span<EarshotComplex16> spectrum;
};

Layout Carve(const FrontendTables& tables, Carver& carver) {
  const auto channels = static_cast<size_t>(tables.filterbank.channels);
  const auto fft_size = static_cast<size_t>(tables.fft.size);
  Layout layout;
  layout.channel_energy = carver.Take<uint64_t>(channels);
  layout.noise_estimate = carver.Take<uint32_t>(channels);
  layout.signal = carver.Take<uint32_t>(channels);
  // The FFT's scratch is free when energies are computed: they share it.
  layout.energy = carver.Take<uint32_t>(fft_size / 2 + 1);
  layout.spectrum = carver.Take<EarshotComplex16>(fft_size / 2 + 1);
  layout.fft_input = carver.Take<int16_t>(fft_size);
  layout.pending = carver.Take<int16_t>(tables.window.size());
  layout.features = carver.Take<uint16_t>(channels);
  return layout;
}

Status Error(StatusCode code, const char* what, int64_t found, int64_t wanted, StatusUnit unit) {
  return MakeError(code, {StatusSubject::kFrontend}, what, unit, found, wanted);
}

}  // namespace

size_t Frontend::RequiredBytes(const FrontendTables& tables) {
  Carver carver(nullptr);
  Carve(tables, carver);
  return carver.used();
}

Status Frontend::Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                        Frontend* frontend) {
  const auto window = static_cast<int64_t>(tables.window.size());
  if (stride_samples < 1) {
    return Error(StatusCode::kInvalidArgument, "stride (wanted: at least)", stride_samples, 1,
                 StatusUnit::kCount);
  }
  if (stride_samples > window) {
    return Error(StatusCode::kInvalidArgument, "stride (wanted: at most)", stride_samples, window,
                 StatusUnit::kCount);
  }
  const auto address = reinterpret_cast<uintptr_t>(memory.data());
  if (address % kMemoryAlignment != 0) {
    return Error(StatusCode::kInvalidArgument, "memory: remainder to the wanted alignment",
                 static_cast<int64_t>(address % kMemoryAlignment), kMemoryAlignment,
                 StatusUnit::kBytes);
  }
  const size_t required = RequiredBytes(tables);
  if (memory.size() < required) {
    return Error(StatusCode::kArenaTooSmall, "memory", static_cast<int64_t>(memory.size()),
                 static_cast<int64_t>(required), StatusUnit::kBytes);
  }

  Carver carver(memory.data());
  const Layout layout = Carve(tables, carver);
  frontend->tables_ = &tables;
  frontend->stride_samples_ = stride_samples;
  frontend->framer_ = Framer(layout.pending, stride_samples);
  frontend->noise_estimate_ = layout.noise_estimate;
  frontend->features_ = layout.features;
  frontend->fft_input_ = layout.fft_input;
  frontend->spectrum_ = layout.spectrum;
  frontend->energy_ = layout.energy;
  frontend->channel_energy_ = layout.channel_energy;
  frontend->signal_ = layout.signal;
  frontend->Reset();
  return OkStatus();
}

void Frontend::Reset() {
  framer_.Reset();
  for (uint32_t& estimate : noise_estimate_) estimate = 0;
}

Frontend::Result Frontend::Process(Span<const int16_t> samples) {
  const size_t consumed = framer_.Take(samples);
  if (!framer_.full()) return {consumed, {}};
  ComputeFeatures();
  framer_.Advance();
  return {consumed, features_};
}

void Frontend::ComputeFeatures() {
  const FrontendTables& tables = *tables_;
  // One piece of memory serves one after the other: windowed samples until the FFT's input is made,
  // the FFT's scratch, and energies. All are at most as long as the energies.
  void* shared = energy_.data();
  const Span<int16_t> windowed(static_cast<int16_t*>(shared), tables.window.size());
  const Span<EarshotComplex16> scratch(static_cast<EarshotComplex16*>(shared),
                                       static_cast<size_t>(tables.fft.size / 2));
  const int32_t magnitude = ApplyWindow(framer_.frame(), tables.window, windowed);
  const int input_shift = InputShift(magnitude);
  RealFft(tables.fft, windowed, input_shift, fft_input_, scratch, spectrum_);
  SpectrumEnergy(tables.filterbank, spectrum_, energy_);
  ApplyFilterbank(tables.filterbank, energy_, channel_energy_);
  for (size_t c = 0; c < signal_.size(); ++c) {
    // The scaling for the FFT is taken back here; what is below one unit is cut off.
    signal_[c] = SquareRoot(channel_energy_[c]) >> input_shift;
  }
  ReduceNoise(tables.noise_reduction, noise_estimate_, signal_);
  if (!tables.pcan.gains.empty()) ApplyPcan(tables.pcan, noise_estimate_, signal_);
  ApplyLog(tables.log, signal_, features_);
}

}  // namespace earshot
