// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Deck: draws items in random order, each once before any comes again.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "earshot/host/mixing/random.h"

namespace earshot::host {

template <typename T>
class Deck {
 public:
  Deck() = default;
  explicit Deck(std::vector<T> items) : items_(std::move(items)) {}

  size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }

  // All that are left, in no order that means anything.
  const std::vector<T>& items() const { return items_; }

  // Whether all were drawn since the last shuffle (also before the first one).
  bool used_up() const { return next_ == 0; }

  // The next item; shuffles when all were drawn. Precondition: not empty().
  const T& Draw(Random* random) {
    if (used_up()) {
      random->Shuffle(&items_);
      next_ = items_.size();
    }
    return items_[--next_];
  }

  // Takes the item that was drawn last out for good.
  void Drop() { items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(next_)); }

 private:
  std::vector<T> items_;
  size_t next_ = 0;  // Those before it are still to come.
};

}  // namespace earshot::host
