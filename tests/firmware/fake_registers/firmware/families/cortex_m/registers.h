// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Stands in for firmware/families/cortex_m/registers.h on the host: the same addresses, but what a
// driver writes is recorded, and what it reads comes from the test (FakeRegisters).
#pragma once

// The addresses and bits are those of the real header; only its functions give way.
#define Register RealRegister
#define EnableInterrupt RealEnableInterrupt
#define DisableInterrupts RealDisableInterrupts
#define EnableInterrupts RealEnableInterrupts
#define SynchronizeData RealSynchronizeData
#define SynchronizeInstructions RealSynchronizeInstructions
#include_next "firmware/families/cortex_m/registers.h"
#undef Register
#undef EnableInterrupt
#undef DisableInterrupts
#undef EnableInterrupts
#undef SynchronizeData
#undef SynchronizeInstructions

#include "tests/firmware/fake_registers/fake_registers.h"

namespace earshot::cortex_m {

class FakeRegister {
 public:
  explicit FakeRegister(uintptr_t address) : address_(address) {}

  // As the real one, which is a volatile integer.
  // NOLINTNEXTLINE(google-explicit-constructor)
  operator uint32_t() const { return FakeRegisters::Get().Read(address_); }
  void operator=(uint32_t value) const { FakeRegisters::Get().Write(address_, value); }
  void operator|=(uint32_t bits) const { *this = *this | bits; }
  void operator&=(uint32_t bits) const { *this = *this & bits; }

 private:
  uintptr_t address_;
};

inline FakeRegister Register(uintptr_t address) { return FakeRegister(address); }

inline void EnableInterrupt(uint32_t number) {
  Register(kNvicEnable + 4 * (number / 32)) = 1u << (number % 32);
}
inline void DisableInterrupts() {}
inline void EnableInterrupts() {}
inline void SynchronizeData() {}
inline void SynchronizeInstructions() {}

}  // namespace earshot::cortex_m
