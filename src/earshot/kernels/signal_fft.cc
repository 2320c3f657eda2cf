// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_fft.h"

#include "earshot/frontend/design/fft_state.h"
#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict ReadFftLength(const PrepareContext& context, SignalFft* fft) {
  constexpr int32_t kLongest = 32768;
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "fft_length",
                                     "fft_length: out of range, nearest"_text, 4, kLongest,
                                     &fft->fft_length));
  if ((fft->fft_length & (fft->fft_length - 1)) != 0) {
    return context.Unsupported("fft_length: not a power of two"_text, fft->fft_length, kLongest);
  }
  return Verdict::Ok();
}

Verdict CheckFrames(const PrepareContext& context, const TensorInfo& input, int32_t input_size,
                    int32_t output_size, int32_t* frames) {
  const TensorInfo output = context.output(0);
  *frames = input.count() / input_size;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: last extent"_text,
                                     output.rank() == 0 ? 0 : output.dim(-1), output_size));
  return CheckEqual(context, "output: number of frames"_text, output.count() / output_size,
                    *frames);
}

template <typename Complex>
void AllocateFft(PrepareContext& context, bool inverse, SignalFft* fft) {
  const int32_t points = fft->fft_length / 2;
  const Span<int32_t> state =
      context.AllocateArray<int32_t>(FftStateWords<Complex>(points), &fft->state_offset);
  MakeFftState<Complex>(
      points, inverse, state,
      context.AllocateArray<Complex>(static_cast<size_t>(points / 2), &fft->super_twiddles_offset));
}

template void AllocateFft<EarshotComplex16>(PrepareContext&, bool, SignalFft*);
template void AllocateFft<EarshotComplex32>(PrepareContext&, bool, SignalFft*);
template void AllocateFft<EarshotComplexFloat>(PrepareContext&, bool, SignalFft*);

}  // namespace earshot
