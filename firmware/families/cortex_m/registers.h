// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Memory-mapped registers, and those of the processor itself that firmware needs.
//
// Source: Arm, ARMv7-M Architecture Reference Manual (DDI 0403E), part B3 "System Address Map";
// ARMv6-M (DDI 0419) and ARMv8-M (DDI 0553) have the same registers at the same addresses, as far
// as they have them.
#pragma once

#include <cstdint>

namespace earshot::cortex_m {

// A 32-bit register at a fixed address.
inline volatile uint32_t& Register(uintptr_t address) {
  return *reinterpret_cast<volatile uint32_t*>(address);
}

// SysTick, B3.3.
constexpr uintptr_t kSysTickControl = 0xE000E010;
constexpr uint32_t kSysTickEnable = 1u << 0;
constexpr uint32_t kSysTickInterrupt = 1u << 1;
constexpr uint32_t kSysTickProcessorClock = 1u << 2;
constexpr uint32_t kSysTickWrapped = 1u << 16;     // Reading clears it.
constexpr uintptr_t kSysTickReload = 0xE000E014;   // 24 bits.
constexpr uintptr_t kSysTickCurrent = 0xE000E018;  // Counts down; any write clears it.

// Nested vectored interrupt controller, B3.4: one bit per interrupt, 32 in each register.
constexpr uintptr_t kNvicEnable = 0xE000E100;

// System control block, B3.2.
constexpr uintptr_t kInterruptControl = 0xE000ED04;
constexpr uint32_t kPendSysTickSet = 1u << 26;
constexpr uintptr_t kVectorTableOffset = 0xE000ED08;
constexpr uintptr_t kCoprocessorAccess = 0xE000ED88;
constexpr uintptr_t kConfigurableFaultStatus = 0xE000ED28;
constexpr uintptr_t kResetControl = 0xE000ED0C;
constexpr uint32_t kResetRequest = 0x05FA0004;  // Key and SYSRESETREQ.

inline void EnableInterrupt(uint32_t number) {
  Register(kNvicEnable + 4 * (number / 32)) = 1u << (number % 32);
}

inline void DisableInterrupts() { asm volatile("cpsid i" ::: "memory"); }
inline void EnableInterrupts() { asm volatile("cpsie i" ::: "memory"); }
inline void SynchronizeData() { asm volatile("dsb" ::: "memory"); }
inline void SynchronizeInstructions() { asm volatile("isb" ::: "memory"); }

}  // namespace earshot::cortex_m
