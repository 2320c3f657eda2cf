// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/log_mel_frontend.h"

#include "earshot/frontend/kissfft_real.h"
#include "earshot/frontend/log_mel_stages.h"

namespace earshot {
namespace {

// The arrays that live within one frame lie in two halves of the working memory:
//
//   first:   FFT's input, spectrum |          | features
//   second:  FFT's scratch         | energies |
constexpr size_t kFirstBytes =
    (kLogMelBins * sizeof(EarshotComplex32) + LogMelFrontend::kMemoryAlignment - 1) /
    LogMelFrontend::kMemoryAlignment * LogMelFrontend::kMemoryAlignment;
constexpr size_t kSecondBytes = kLogMelWindow / 2 * sizeof(EarshotComplex32);
constexpr size_t kStateBytes = kLogMelWindow * sizeof(int16_t);

static_assert(kSecondBytes >= kLogMelChannels * sizeof(uint64_t));
static_assert(kStateBytes % LogMelFrontend::kMemoryAlignment == 0);

// `count` T from `begin` on.
template <typename T>
Span<T> ArrayAt(uint8_t* begin, size_t count) {
  void* elements = begin;
  return Span<T>(static_cast<T*>(elements), count);
}

Status Error(StatusCode code, StaticText what, StatusUnit unit, int64_t found, int64_t wanted) {
  return MakeError(code, {StatusSubject::kFrontend}, what, unit, found, wanted);
}

Status CheckMemory(Span<uint8_t> memory, size_t required, StaticText what) {
  constexpr size_t kAlignment = LogMelFrontend::kMemoryAlignment;
  const size_t misalignment = reinterpret_cast<uintptr_t>(memory.data()) % kAlignment;
  if (misalignment != 0) {
    return Error(StatusCode::kInvalidArgument, "memory: remainder to the wanted alignment"_text,
                 StatusUnit::kBytes, static_cast<int64_t>(misalignment), kAlignment);
  }
  if (memory.size() >= required) return OkStatus();
  return Error(StatusCode::kArenaTooSmall, what, StatusUnit::kBytes,
               static_cast<int64_t>(memory.size()), static_cast<int64_t>(required));
}

}  // namespace

size_t LogMelFrontend::StateBytes(const FrontendTables& /*tables*/) { return kStateBytes; }

size_t LogMelFrontend::WorkingBytes(const FrontendTables& /*tables*/) {
  return kFirstBytes + kSecondBytes;
}

size_t LogMelFrontend::RequiredBytes(const FrontendTables& tables) {
  return StateBytes(tables) + WorkingBytes(tables);
}

Status LogMelFrontend::Create(const FrontendTables& tables, int32_t stride_samples,
                              Span<uint8_t> memory, LogMelFrontend* frontend) {
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, RequiredBytes(tables), "memory"_text));
  return Create(tables, stride_samples, memory.subspan(0, kStateBytes), memory.subspan(kStateBytes),
                frontend);
}

Status LogMelFrontend::Create(const FrontendTables& tables, int32_t stride_samples,
                              Span<uint8_t> state, Span<uint8_t> working,
                              LogMelFrontend* frontend) {
  if (!IsLogMel(tables)) {
    return Error(StatusCode::kInvalidArgument, "tables: not those of the log mel front end"_text,
                 StatusUnit::kCount, 0, 1);
  }
  constexpr auto kMostStride = static_cast<int32_t>(kLogMelWindow);
  if (stride_samples < 1 || stride_samples > kMostStride) {
    const bool is_low = stride_samples < 1;
    return Error(StatusCode::kInvalidArgument,
                 is_low ? "stride (wanted: at least)"_text : "stride (wanted: at most)"_text,
                 StatusUnit::kCount, stride_samples, is_low ? 1 : kMostStride);
  }
  EARSHOT_RETURN_IF_ERROR(CheckMemory(state, kStateBytes, "memory for the state"_text));
  EARSHOT_RETURN_IF_ERROR(CheckMemory(working, WorkingBytes(tables), "working memory"_text));
  frontend->framer_ = Framer(ArrayAt<int16_t>(state.data(), kLogMelWindow), stride_samples);
  frontend->working_ = working.data();
  frontend->Reset();
  return OkStatus();
}

void LogMelFrontend::Reset() {
  framer_.Reset();
  before_ = 0;
}

LogMelFrontend::Result LogMelFrontend::Process(Span<const int16_t> samples) {
  const size_t consumed = framer_.Take(samples);
  if (!framer_.full()) return {consumed, {}};
  const Span<const uint16_t> features = ComputeFeatures();
  before_ = framer_.frame()[static_cast<size_t>(framer_.stride()) - 1];
  framer_.Advance();
  return {consumed, features};
}

Span<const uint16_t> LogMelFrontend::ComputeFeatures() {
  uint8_t* const first = working_;
  uint8_t* const second = working_ + kFirstBytes;
  const auto emphasized = ArrayAt<int32_t>(first, kLogMelWindow);
  EmphasizeAndWindow(framer_.frame(), before_, kLogMelTables.window, emphasized);
  const auto spectrum = ArrayAt<EarshotComplex32>(first, kLogMelBins);
  const auto scratch = ArrayAt<EarshotComplex32>(second, kLogMelWindow / 2);
  EarshotRealFft32(&kLogMelFftState, kLogMelSuperTwiddles, emphasized.data(), scratch.data(),
                   spectrum.data());
  const auto energies = ArrayAt<uint64_t>(second, kLogMelChannels);
  MelEnergies(kLogMelTables.filterbank, spectrum, energies);
  const auto features = ArrayAt<uint16_t>(first, kLogMelChannels);
  for (size_t c = 0; c < kLogMelChannels; ++c) features[c] = LogMelFeature(energies[c]);
  return features;
}

}  // namespace earshot
