// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/semihosting.h"

#include <cstring>

namespace earshot::semihosting {
namespace {

enum class Operation : uint32_t {
  kOpen = 0x01,
  kClose = 0x02,
  kWrite = 0x05,
  kRead = 0x06,
  kSeek = 0x0A,
  kLength = 0x0C,
  kCommandLine = 0x15,
  kExitExtended = 0x20,
};

// The parameter block is an array of words; operation in r0, its address in r1, answer in r0.
int Call(Operation operation, const uint32_t* parameters) {
  register uint32_t r0 asm("r0") = static_cast<uint32_t>(operation);
  register const uint32_t* r1 asm("r1") = parameters;
  asm volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
  return static_cast<int>(r0);
}

template <typename T>
uint32_t Address(T* pointer) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pointer));
}

}  // namespace

int Open(const char* path, OpenMode mode) {
  const uint32_t parameters[] = {Address(path), static_cast<uint32_t>(mode),
                                 static_cast<uint32_t>(std::strlen(path))};
  return Call(Operation::kOpen, parameters);
}

void Close(int file) {
  const uint32_t parameters[] = {static_cast<uint32_t>(file)};
  Call(Operation::kClose, parameters);
}

// The answer counts the bytes that did not come.
size_t Read(int file, Span<uint8_t> buffer) {
  const uint32_t parameters[] = {static_cast<uint32_t>(file), Address(buffer.data()),
                                 static_cast<uint32_t>(buffer.size())};
  const int missing = Call(Operation::kRead, parameters);
  return missing < 0 ? 0 : buffer.size() - static_cast<size_t>(missing);
}

bool Write(int file, Span<const uint8_t> bytes) {
  const uint32_t parameters[] = {static_cast<uint32_t>(file), Address(bytes.data()),
                                 static_cast<uint32_t>(bytes.size())};
  return Call(Operation::kWrite, parameters) == 0;
}

bool Seek(int file, size_t position) {
  const uint32_t parameters[] = {static_cast<uint32_t>(file), static_cast<uint32_t>(position)};
  return Call(Operation::kSeek, parameters) >= 0;
}

int Length(int file) {
  const uint32_t parameters[] = {static_cast<uint32_t>(file)};
  return Call(Operation::kLength, parameters);
}

bool CommandLine(Span<char> text) {
  const uint32_t parameters[] = {Address(text.data()), static_cast<uint32_t>(text.size())};
  return Call(Operation::kCommandLine, parameters) == 0;
}

void Exit(int code) {
  constexpr uint32_t kApplicationExit = 0x20026;
  const uint32_t parameters[] = {kApplicationExit, static_cast<uint32_t>(code)};
  while (true) Call(Operation::kExitExtended, parameters);
}

}  // namespace earshot::semihosting
