// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Random: the same choices from the same seed, on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

namespace earshot::host {

constexpr int64_t kMillion = 1000000;  // Shares are drawn in parts per million.

// std::mt19937_64 and std::seed_seq give the same numbers everywhere, the standard fixes them. The
// standard's distributions and std::shuffle do not: each library has its own. So what is made of
// the numbers is made here, in integers.
class Random {
 public:
  // `purpose` keeps the choices of one part (which words, which gaps ...) apart from those of
  // others: with other noise, the same seed still gives the same words.
  Random(uint64_t seed, uint32_t purpose);

  uint64_t Bits() { return engine_(); }

  // One of 0 ... count - 1, each as likely. Precondition: count > 0.
  uint64_t Below(uint64_t count);

  // One of low ... high, both included. Precondition: low <= high.
  int64_t Between(int64_t low, int64_t high);

  // Puts the items into a random order (Fisher and Yates, in Durstenfeld's form).
  template <typename T>
  void Shuffle(std::vector<T>* items) {
    for (size_t left = items->size(); left > 1; --left) {
      std::swap((*items)[left - 1], (*items)[static_cast<size_t>(Below(left))]);
    }
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace earshot::host
