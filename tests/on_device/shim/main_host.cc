// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Runs the shim's tests on a host: for the test of the shim itself.

#include <gtest/gtest.h>

#include <cstdio>

void testing::internal::WriteText(const char* text, size_t size) {
  std::fwrite(text, 1, size, stdout);
}

int main(int argc, char** argv) {
  return testing::internal::RunTests(argc > 1 ? argv[1] : nullptr) == 0 ? 0 : 1;
}
