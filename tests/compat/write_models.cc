// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// write_models OUTPUT NAME [MODEL]: writes a model as a C++ array, that of hello_world if there is
// no other.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/compat/sine_model.h"

int main(int argc, char** argv) {
  if (argc < 3) return 1;
  const std::string name = argv[2];
  std::vector<char> bytes;
  if (argc > 3) {
    std::ifstream file(argv[3], std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(file), {});
  } else {
    const earshot::AlignedBytes file = earshot::test::SineModel().Build();
    bytes.assign(file.span().begin(), file.span().end());
  }
  std::ofstream output(argv[1]);
  output << "extern const unsigned char " << name << "[];\nalignas(16) const unsigned char " << name
         << "[] = {";
  for (size_t i = 0; i < bytes.size(); ++i) {
    output << (i % 16 == 0 ? "\n    " : " ") << int{static_cast<unsigned char>(bytes[i])} << ",";
  }
  output << "\n};\n";
  output.close();
  if (!output || bytes.empty()) {
    std::fprintf(stderr, "write_models: cannot write %s\n", argv[1]);
    return 1;
  }
  return 0;
}
