// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_filter_bank.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

namespace {

Verdict CheckTables(const PrepareContext& context, int32_t channels) {
  for (size_t i = kFilterBankWeights; i <= kFilterBankWidths; ++i) {
    const TensorInfo table = context.input(i);
    if (!table.is_constant()) return context.Unsupported("tables: constants"_text, 0, 1);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "tables: type"_text, table, TensorType::INT16));
    if (i >= kFilterBankFirstBins) {
      EARSHOT_RETURN_IF_ERROR(
          CheckEqual(context, "tables: number of elements"_text, table.count(), channels + 1));
    }
  }
  return CheckEqual(context, "unweights: number of elements"_text,
                    context.input(kFilterBankUnweights).count(),
                    context.input(kFilterBankWeights).count());
}

// That a band lies within what it is taken of.
Verdict CheckBand(const PrepareContext& context, StaticText what, int32_t first, int32_t width,
                  int32_t count) {
  if (first < 0 || width < 0) return context.Invalid(what, first < 0 ? first : width, 0);
  if (first + width > count) return context.Invalid(what, first + width, count);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSignalFilterBank(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 6, 6));
  const TensorInfo output = context.output(0);
  SignalFilterBank bank = {0};
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::UINT64));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "num_channels",
                                     "num_channels: out of range, nearest"_text, 1, INT16_MAX,
                                     &bank.channels));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), bank.channels));
  EARSHOT_RETURN_IF_ERROR(CheckTables(context, bank.channels));
  const int32_t bins = context.input(kFilterBankEnergy).count();
  const int32_t weights = context.input(kFilterBankWeights).count();
  const auto first_bins = context.input(kFilterBankFirstBins).constant<int16_t>();
  const auto first_weights = context.input(kFilterBankFirstWeights).constant<int16_t>();
  const auto widths = context.input(kFilterBankWidths).constant<int16_t>();
  for (size_t band = 0; band < widths.size(); ++band) {
    EARSHOT_RETURN_IF_ERROR(CheckBand(context, "a band's bins: out of range, nearest"_text,
                                      first_bins[band], widths[band], bins));
    EARSHOT_RETURN_IF_ERROR(CheckBand(context, "a band's weights: out of range, nearest"_text,
                                      first_weights[band], widths[band], weights));
  }
  context.SetData(bank);
  return Verdict::Ok();
}

}  // namespace earshot
