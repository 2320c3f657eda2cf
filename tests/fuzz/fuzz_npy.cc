// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Any bytes as an .npy file. What is read is written, and read again as the same.

#include <stdexcept>
#include <string>

#include "earshot/host/files/npy.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/scratch_file.h"

namespace earshot::host {
namespace {

void TryArray(Span<const uint8_t> bytes) {
  static const test::ScratchFolder folder;
  NpyArray array;
  try {
    array = ReadNpy(folder.Write("given.npy", bytes));
  } catch (const std::runtime_error&) {
    return;
  }
  test::Require(array.bytes.size() <= bytes.size(), "no more is read than is there");
  const auto element_bytes = static_cast<size_t>(array.descr[2] - '0');
  test::Require(array.count() * element_bytes == array.bytes.size(),
                "the shape is that of the data");
  const std::string written = folder.Path("written.npy");
  WriteNpy(written, array);
  const NpyArray again = ReadNpy(written);
  test::Require(
      again.descr == array.descr && again.shape == array.shape && again.bytes == array.bytes,
      "what is written is read");
}

}  // namespace
}  // namespace earshot::host

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  earshot::host::TryArray({bytes, size});
  return 0;
}
