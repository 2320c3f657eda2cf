// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/frontend.h"

#include "earshot/frontend/fft.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/square_root.h"

namespace earshot {
namespace {

// The arrays that live within one frame lie in two halves of the working memory, which take turns:
// a stage reads from one and writes into the other.
//
//   first:   FFT's input, spectrum |          | channel energies |        | features
//   second:  FFT's scratch         | energies |                  | signal |
constexpr size_t kHalves = 2;

size_t BinCount(const FrontendTables& tables) {
  return static_cast<size_t>(tables.fft.size) / 2 + 1;
}

size_t HalfBytes(const FrontendTables& tables) {
  const size_t spectrum = BinCount(tables) * sizeof(EarshotComplex16);
  const size_t energies = static_cast<size_t>(tables.filterbank.channels) * sizeof(uint64_t);
  const size_t bytes = spectrum > energies ? spectrum : energies;
  constexpr size_t kAlignment = Frontend::kMemoryAlignment;
  return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

size_t NoiseEstimateBytes(const FrontendTables& tables) {
  return static_cast<size_t>(tables.filterbank.channels) * sizeof(uint32_t);
}

// `count` T from `begin` on.
template <typename T>
Span<T> ArrayAt(uint8_t* begin, size_t count) {
  void* elements = begin;
  return Span<T>(static_cast<T*>(elements), count);
}

Status Error(StatusCode code, StaticText what, size_t found, size_t wanted, StatusUnit unit) {
  return MakeError(code, {StatusSubject::kFrontend}, what, unit, static_cast<int64_t>(found),
                   static_cast<int64_t>(wanted));
}

Status CheckMemory(Span<uint8_t> memory, size_t required, StaticText what) {
  const size_t misalignment =
      reinterpret_cast<uintptr_t>(memory.data()) % Frontend::kMemoryAlignment;
  if (misalignment != 0) {
    return Error(StatusCode::kInvalidArgument, "memory: remainder to the wanted alignment"_text,
                 misalignment, Frontend::kMemoryAlignment, StatusUnit::kBytes);
  }
  if (memory.size() >= required) return OkStatus();
  return Error(StatusCode::kArenaTooSmall, what, memory.size(), required, StatusUnit::kBytes);
}

}  // namespace

// A multiple of kMemoryAlignment, so that working memory may follow.
size_t Frontend::StateBytes(const FrontendTables& tables) {
  const size_t bytes = NoiseEstimateBytes(tables) + tables.window.size() * sizeof(int16_t);
  return (bytes + kMemoryAlignment - 1) / kMemoryAlignment * kMemoryAlignment;
}

size_t Frontend::WorkingBytes(const FrontendTables& tables) { return kHalves * HalfBytes(tables); }

size_t Frontend::RequiredBytes(const FrontendTables& tables) {
  return StateBytes(tables) + WorkingBytes(tables);
}

Status Frontend::Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> memory,
                        Frontend* frontend) {
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, RequiredBytes(tables), "memory"_text));
  const size_t state_bytes = StateBytes(tables);
  return Create(tables, stride_samples, memory.subspan(0, state_bytes), memory.subspan(state_bytes),
                frontend);
}

Status Frontend::Create(const FrontendTables& tables, int32_t stride_samples, Span<uint8_t> state,
                        Span<uint8_t> working, Frontend* frontend) {
  const auto window = static_cast<int32_t>(tables.window.size());
  if (stride_samples < 1 || stride_samples > window) {
    const bool is_low = stride_samples < 1;
    return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kFrontend},
                     is_low ? "stride (wanted: at least)"_text : "stride (wanted: at most)"_text,
                     StatusUnit::kCount, stride_samples, is_low ? 1 : window);
  }
  EARSHOT_RETURN_IF_ERROR(CheckMemory(state, StateBytes(tables), "memory for the state"_text));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(working, WorkingBytes(tables), "working memory"_text));
  const auto channels = static_cast<size_t>(tables.filterbank.channels);
  uint8_t* const pending = state.data() + NoiseEstimateBytes(tables);
  frontend->tables_ = &tables;
  frontend->noise_estimate_ = ArrayAt<uint32_t>(state.data(), channels);
  frontend->framer_ = Framer(ArrayAt<int16_t>(pending, tables.window.size()), stride_samples);
  frontend->working_ = working.data();
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
  const Span<const uint16_t> features = ComputeFeatures();
  framer_.Advance();
  return {consumed, features};
}

Span<const uint16_t> Frontend::ComputeFeatures() {
  const FrontendTables& tables = *tables_;
  const auto fft_size = static_cast<size_t>(tables.fft.size);
  const size_t bins = BinCount(tables);
  const size_t channels = noise_estimate_.size();
  uint8_t* const first = working_;
  uint8_t* const second = working_ + HalfBytes(tables);

  const auto samples = ArrayAt<int16_t>(first, fft_size);
  const int input_shift = ApplyWindow(framer_.frame(), tables.window, samples);
  const auto spectrum = ArrayAt<EarshotComplex16>(first, bins);
  RealFft(tables.fft, input_shift, samples, ArrayAt<EarshotComplex16>(second, fft_size / 2),
          spectrum);
  const auto energy = ArrayAt<uint32_t>(second, bins);
  SpectrumEnergy(tables.filterbank, spectrum, energy);
  const auto channel_energy = ArrayAt<uint64_t>(first, channels);
  ApplyFilterbank(tables.filterbank, energy, channel_energy);
  const auto signal = ArrayAt<uint32_t>(second, channels);
  // The scaling for the FFT is taken back here.
  SquareRoots(channel_energy, input_shift, signal);
  ReduceNoise(tables.noise_reduction, noise_estimate_, signal);
  if (!tables.pcan.gains.empty()) ApplyPcan(tables.pcan, noise_estimate_, signal);
  const auto features = ArrayAt<uint16_t>(first, channels);
  ApplyLog(tables.log, signal, features);
  return features;
}

}  // namespace earshot
