// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Writes earshot/frontend/standard_tables.cc to standard output.

#include <cstdio>
#include <string>

#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/kissfft_real.h"
#include "earshot/frontend/standard_tables.h"

namespace earshot {
namespace {

constexpr int kPerLine = 12;

template <typename T, typename Print>
void PrintRows(Span<const T> values, int per_line, Print print) {
  for (size_t i = 0; i < values.size(); ++i) {
    if (i % static_cast<size_t>(per_line) == 0) std::printf("    ");
    print(values[i]);
    const bool last_of_line = (i + 1) % static_cast<size_t>(per_line) == 0;
    std::printf(last_of_line || i + 1 == values.size() ? ",\n" : ", ");
  }
}

template <typename T>
void PrintArray(const char* comment, const char* type, const char* name, Span<const T> values) {
  std::printf("// %s\nconstexpr %s %s[] = {\n", comment, type, name);
  PrintRows(values, kPerLine, [](T value) { std::printf("%d", static_cast<int>(value)); });
  std::printf("};\n\n");
}

void PrintComplex(Span<const EarshotComplex16> values) {
  PrintRows(values, kPerLine / 2,
            [](const EarshotComplex16& value) { std::printf("{%d, %d}", value.re, value.im); });
}

void PrintComplexArray(const char* comment, const char* name, Span<const EarshotComplex16> values) {
  std::printf("// %s\nconstexpr EarshotComplex16 %s[] = {\n", comment, name);
  PrintComplex(values);
  std::printf("};\n\n");
}

void PrintTables(const FrontendTables& tables) {
  const FilterbankTables& bank = tables.filterbank;
  PrintArray("0.5 - 0.5*cos(2*pi*(i+0.5)/480), Q12.", "int16_t", "kWindow", tables.window);
  PrintComplexArray("exp(-2*pi*j*p*k/4m) for m = 4, 16, 64, p = 1, 2, 3 and k < m, Q15.",
                    "kFftTwiddles", tables.fft.twiddles);
  PrintComplexArray("exp(-pi*j*((i+1)/256 + 1/2)), Q15.", "kFftSuperTwiddles",
                    tables.fft.super_twiddles);
  PrintArray("Bins in each band.", "int16_t", "kWidths", bank.widths);
  PrintArray("Falling side of the filter that peaks where the band begins, Q12.", "int16_t",
             "kFalling", bank.falling);
  PrintArray("2^21 * (noise + 80)^-0.95 as quadratics, see earshot/frontend/pcan_gain.h.",
             "int16_t", "kPcanGains", tables.pcan.gains);
  std::printf(
      "constexpr FrontendTables MakeStandardTables() {\n"
      "  FrontendTables tables;\n"
      "  tables.sample_rate_hz = %d;\n"
      "  tables.window = kWindow;\n"
      "  tables.fft = {%d, kFftTwiddles, kFftSuperTwiddles};\n"
      "  tables.filterbank = {%d, %d, %d, kWidths, kFalling, {}};\n"
      "  tables.noise_reduction = {%d, %d, %d, %d};\n"
      "  tables.pcan = {kPcanGains, %d};\n"
      "  tables.log = {%s, %d, %d};\n"
      "  return tables;\n"
      "}\n\n",
      tables.sample_rate_hz, tables.fft.size, bank.channels, bank.first_bin, bank.end_bin,
      tables.noise_reduction.smoothing_bits, tables.noise_reduction.even_smoothing,
      tables.noise_reduction.odd_smoothing, tables.noise_reduction.min_signal_remaining,
      tables.pcan.snr_shift, tables.log.enabled ? "true" : "false", tables.log.scale_shift,
      tables.log.correction_bits);
}

int Run() {
  DesignedTables designed;
  if (const Status status = DesignFrontend(FrontendConfig{}, &designed); !status.ok()) {
    std::fprintf(stderr, "print_standard_tables: %s\n", status.what);
    return 1;
  }
  std::printf(
      "// SPDX-FileCopyrightText: The Earshot authors\n"
      "// SPDX-License-Identifier: Apache-2.0\n\n"
      "// Made by earshot/frontend/design/print_standard_tables.cc from FrontendConfig{}. "
      "Constants "
      "rather\n"
      "// than computed: single-precision libm differs from platform to platform by a last bit, "
      "and\n"
      "// so would features.\n\n"
      "// clang-format off\n\n"
      "#include \"earshot/frontend/standard_tables.h\"\n\n"
      "#include <cstdint>\n\n"
      "namespace earshot {\nnamespace {\n\n");
  PrintTables(designed.tables());
  std::printf(
      "}  // namespace\n\nconstexpr FrontendTables kStandardTables = MakeStandardTables();\n\n"
      "const uint16_t kLogTable[kLogTableEntries] = {\n");
  const std::vector<uint16_t> log_table = DesignLogTable();
  PrintRows(Span<const uint16_t>(log_table), kPerLine,
            [](uint16_t value) { std::printf("%d", value); });
  std::printf("};\n\n}  // namespace earshot\n");
  return 0;
}

}  // namespace
}  // namespace earshot

int main() { return earshot::Run(); }
