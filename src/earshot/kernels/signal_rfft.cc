// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_rfft.h"

#include "earshot/frontend/design/fft_state.h"
#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalRfftInt16(PrepareContext& context) {
  constexpr int32_t kLongest = 32768;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  SignalRfft fft = {0, input.dim(-1), 0, 0, 0};
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "fft_length",
                                     "fft_length: out of range, nearest"_text, 4, kLongest,
                                     &fft.fft_length));
  if ((fft.fft_length & (fft.fft_length - 1)) != 0) {
    return context.Unsupported("fft_length: not a power of two"_text, fft.fft_length, kLongest);
  }
  if (fft.size > fft.fft_length) {
    return context.Invalid("input: last extent (wanted: at most)"_text, fft.size, fft.fft_length);
  }
  fft.frames = input.count() / fft.size;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: last extent"_text,
                                     output.rank() == 0 ? 0 : output.dim(-1), fft.fft_length + 2));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: number of frames"_text,
                                     output.count() / (fft.fft_length + 2), fft.frames));
  const int32_t points = fft.fft_length / 2;
  const Span<int32_t> state =
      context.AllocateArray<int32_t>(FftStateWords(points), &fft.state_offset);
  MakeFftState(points, state,
               context.AllocateArray<EarshotComplex16>(static_cast<size_t>(points / 2),
                                                       &fft.super_twiddles_offset));
  const auto bytes = static_cast<uint32_t>(fft.fft_length) * uint32_t{sizeof(int16_t)};
  const uint32_t scratch[] = {bytes, bytes};
  context.RequestScratch(scratch);
  context.SetData(fft);
  return Verdict::Ok();
}

}  // namespace earshot
