// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_rfft.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

template <typename Complex>
Verdict PrepareSignalRfft(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, context.output(0), input.type));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  SignalFft fft = {0, input.dim(-1), 0, 0, 0};
  EARSHOT_RETURN_IF_ERROR(ReadFftLength(context, &fft));
  if (fft.size > fft.fft_length) {
    return context.Invalid("input: last extent (wanted: at most)"_text, fft.size, fft.fft_length);
  }
  EARSHOT_RETURN_IF_ERROR(CheckFrames(context, input, fft.size, fft.fft_length + 2, &fft.frames));
  AllocateFft<Complex>(context, false, &fft);
  const auto bytes = static_cast<uint32_t>(fft.fft_length) * uint32_t{sizeof(Complex) / 2};
  const uint32_t scratch[] = {bytes, bytes};
  context.RequestScratch(scratch);
  context.SetData(fft);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSignalRfftFloat32(PrepareContext& context) {
  return PrepareSignalRfft<EarshotComplexFloat>(context);
}

Verdict PrepareSignalRfftInt16(PrepareContext& context) {
  return PrepareSignalRfft<EarshotComplex16>(context);
}

Verdict PrepareSignalRfftInt32(PrepareContext& context) {
  return PrepareSignalRfft<EarshotComplex32>(context);
}

}  // namespace earshot
