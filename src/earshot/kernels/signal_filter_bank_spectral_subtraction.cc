// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank_spectral_subtraction.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

namespace {

Verdict ReadShares(const PrepareContext& context, SignalSpectralSubtraction* data) {
  const auto read = [&context](const char* name, int32_t* share) {
    return ReadOption(context, name, "a share: out of range, nearest"_text, 0, INT32_MAX, share);
  };
  EARSHOT_RETURN_IF_ERROR(read("smoothing", &data->smoothing[0]));
  EARSHOT_RETURN_IF_ERROR(read("alternate_smoothing", &data->smoothing[1]));
  EARSHOT_RETURN_IF_ERROR(read("one_minus_smoothing", &data->one_minus_smoothing[0]));
  EARSHOT_RETURN_IF_ERROR(read("alternate_one_minus_smoothing", &data->one_minus_smoothing[1]));
  return read("min_signal_remaining", &data->min_signal_remaining);
}

}  // namespace

Verdict PrepareSignalFilterBankSpectralSubtraction(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1, 2));
  SignalSpectralSubtraction data = {};
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "num_channels",
                                     "num_channels: out of range, nearest"_text, 1, INT16_MAX,
                                     &data.channels));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: number of elements"_text,
                                     context.input(0).count(), data.channels));
  for (size_t i = 0; i < 2; ++i) {
    const TensorInfo output = context.output(i);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::UINT32));
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: number of elements"_text, output.count(), data.channels));
  }
  EARSHOT_RETURN_IF_ERROR(ReadShares(context, &data));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "smoothing_bits",
                                     "smoothing_bits: out of range, nearest"_text, 0, 31,
                                     &data.smoothing_bits));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "spectral_subtraction_bits",
                                     "spectral_subtraction_bits: out of range, nearest"_text, 0, 63,
                                     &data.fraction_bits));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "clamping", "clamping: out of range, nearest"_text, 0,
                                     1, &data.clamping));
  context.ReserveArray<uint32_t>(static_cast<size_t>(data.channels), &data.estimate_offset);
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
