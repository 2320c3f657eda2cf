// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_irfft.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

template <typename Complex>
Verdict PrepareSignalIrfft(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, context.output(0), input.type));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  SignalFft fft = {0, input.dim(-1), 0, 0, 0};
  EARSHOT_RETURN_IF_ERROR(ReadFftLength(context, &fft));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "input: last extent"_text, fft.size, fft.fft_length + 2));
  EARSHOT_RETURN_IF_ERROR(CheckFrames(context, input, fft.size, fft.fft_length, &fft.frames));
  AllocateFft<Complex>(context, true, &fft);
  const uint32_t scratch[] = {static_cast<uint32_t>(fft.fft_length) *
                              uint32_t{sizeof(Complex) / 2}};
  context.RequestScratch(scratch);
  context.SetData(fft);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSignalIrfftFloat32(PrepareContext& context) {
  return PrepareSignalIrfft<EarshotComplexFloat>(context);
}

Verdict PrepareSignalIrfftInt16(PrepareContext& context) {
  return PrepareSignalIrfft<EarshotComplex16>(context);
}

Verdict PrepareSignalIrfftInt32(PrepareContext& context) {
  return PrepareSignalIrfft<EarshotComplex32>(context);
}

}  // namespace earshot
