// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FakeRegisters: the registers that a driver sees when it runs on the host.
//
// A test program sees the fake instead of the real ones when tests/firmware/fake_registers comes
// before the root among its include directories. It is linked without position independence, so
// that buffers have addresses that a 32-bit register can hold.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace earshot {

class FakeRegisters {
 public:
  // An address and what was written there.
  using Access = std::pair<uintptr_t, uint32_t>;

  static FakeRegisters& Get() {
    static FakeRegisters registers;
    return registers;
  }

  // All zero, nothing recorded, nothing answers.
  void Reset() { *this = FakeRegisters(); }

  // What reading gives: what was written last, or what the test makes of it.
  std::function<uint32_t(uintptr_t address, uint32_t written)> on_read;

  uint32_t Read(uintptr_t address) {
    const uint32_t value = values_[address];
    return on_read ? on_read(address, value) : value;
  }
  void Write(uintptr_t address, uint32_t value) {
    values_[address] = value;
    writes_.emplace_back(address, value);
  }
  // Sets what a register holds without recording it, as hardware does.
  void Preset(uintptr_t address, uint32_t value) { values_[address] = value; }

  // All writes since Reset(), oldest first.
  const std::vector<Access>& writes() const { return writes_; }

 private:
  std::map<uintptr_t, uint32_t> values_;
  std::vector<Access> writes_;
};

}  // namespace earshot
