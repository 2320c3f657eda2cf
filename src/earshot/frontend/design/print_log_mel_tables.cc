// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Writes earshot/frontend/log_mel_tables.cc to standard output.

#include <cstdio>
#include <cstring>

#include "earshot/frontend/design/design_log_mel.h"
#include "earshot/frontend/log_mel_tables.h"

namespace earshot {
namespace {

template <typename T, typename Print>
void PrintRows(Span<const T> values, size_t per_line, Print print) {
  for (size_t i = 0; i < values.size(); ++i) {
    std::printf("%s", i % per_line == 0 ? "    " : " ");
    print(values[i]);
    std::printf((i + 1) % per_line == 0 || i + 1 == values.size() ? ",\n" : ",");
  }
}

void PrintArray(const char* comment, const char* name, Span<const int16_t> values) {
  std::printf("// %s\nconstexpr int16_t %s[] = {\n", comment, name);
  PrintRows(values, 16, [](int16_t value) { std::printf("%d", value); });
  std::printf("};\n\n");
}

void PrintComplex(Span<const EarshotComplex32> values) {
  PrintRows(values, 6, [](const EarshotComplex32& value) {
    std::printf("{%ld, %ld}", static_cast<long>(value.re), static_cast<long>(value.im));
  });
}

void PrintTables(const LogMelDesign& design) {
  PrintArray("0.54 - 0.46*cos(2*pi*i/1023), Q15.", "kWindow", design.window);
  LogMelFftState state;
  std::memcpy(&state, design.fft_state.data(), sizeof(state));
  std::printf("}  // namespace\n\n");
  std::printf("// exp(-2*pi*j*i/512), Q31, behind kissfft's header: points, direction, factors.\n");
  std::printf("const LogMelFftState kLogMelFftState = {\n");
  std::printf("    %d,\n    %d,\n    {", state.nfft, state.inverse);
  for (int i = 0; i < EARSHOT_FFT_FACTORS && state.factors[i] != 0; ++i) {
    std::printf("%s%d", i == 0 ? "" : ", ", state.factors[i]);
  }
  std::printf("},\n    {\n");
  PrintComplex(state.twiddles);
  std::printf("    }};\n\nnamespace {\n\n");
  PrintArray("Bins in each band.", "kWidths", design.widths);
  PrintArray("Falling side of the filter that peaks where the band begins, Q15.", "kFalling",
             design.falling);
  std::printf(
      "constexpr FrontendTables MakeLogMelTables() {\n"
      "  FrontendTables tables;\n"
      "  tables.sample_rate_hz = 16000;\n"
      "  tables.window = kWindow;\n"
      "  tables.fft = {%d, {}, {}};\n"
      "  tables.filterbank = {%d, %d, %d, kWidths, kFalling, {}};\n"
      "  return tables;\n"
      "}\n\n",
      static_cast<int>(kLogMelWindow), static_cast<int>(kLogMelChannels), design.first_bin,
      design.end_bin);
}

}  // namespace
}  // namespace earshot

int main() {
  const earshot::LogMelDesign design = earshot::DesignLogMel();
  std::printf(
      "// SPDX-FileCopyrightText: The Earshot authors\n"
      "// SPDX-License-Identifier: Apache-2.0\n\n"
      "// Made by earshot/frontend/design/print_log_mel_tables.cc.\n\n"
      "// clang-format off\n\n"
      "#include \"earshot/frontend/log_mel_tables.h\"\n\n"
      "#include <cstdint>\n\n"
      "namespace earshot {\nnamespace {\n\n");
  earshot::PrintTables(design);
  std::printf(
      "}  // namespace\n\nconstexpr FrontendTables kLogMelTables = MakeLogMelTables();\n\n"
      "const EarshotComplex32 kLogMelSuperTwiddles[] = {\n");
  earshot::PrintComplex(design.super_twiddles);
  std::printf("};\n\n}  // namespace earshot\n");
  return 0;
}
