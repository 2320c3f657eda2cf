// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/placement_search.h"

#include <algorithm>
#include <cstddef>
#include <random>
#include <utility>

#include "earshot/runtime/in_place.h"
#include "earshot/runtime/tensor_allocation.h"

namespace earshot {
namespace {

using Order = std::vector<uint16_t>;

constexpr uint64_t kMostSteps = 200000000;  // Of the planner, which takes the square of buffers.

// The bytes in use while one operator runs.
uint64_t LiveAt(Span<const PlannedBuffer> buffers, uint16_t time) {
  uint64_t sum = 0;
  for (const PlannedBuffer& buffer : buffers) {
    if (buffer.first_use <= time && time <= buffer.last_use) sum += buffer.bytes;
  }
  return sum;
}

class Search {
 public:
  explicit Search(std::vector<PlannedBuffer> buffers)
      : buffers_(std::move(buffers)), least_(LeastMemory(buffers_)), best_(Plan({})) {
    for (size_t i = 0; i < buffers_.size(); ++i) {
      if (buffers_[i].bytes != 0) all_.push_back(static_cast<uint16_t>(i));
    }
  }

  Order Run(const Order& known) {
    if (!found_least()) TryKnownOrders();
    if (!found_least() && !known.empty()) Try(known);
    if (!found_least() && !order_.empty()) TryChanges();
    return Shortest();
  }

 private:
  bool found_least() const { return best_ <= least_; }
  uint64_t Plan(const Order& order) { return PlanMemory(buffers_, order); }

  // Keeps the order if it is as good as the best one; among equals a search gets further.
  bool Try(const Order& order) {
    const uint64_t bytes = Plan(order);
    if (bytes > best_) return false;
    best_ = bytes;
    order_ = order;
    return true;
  }

  // The largest key first.
  template <typename Key>
  void TryBy(Key key) {
    Order order = all_;
    std::stable_sort(order.begin(), order.end(),
                     [&](uint16_t a, uint16_t b) { return key(buffers_[a]) > key(buffers_[b]); });
    Try(order);
  }

  void TryKnownOrders() {
    using Buffer = PlannedBuffer;
    const auto life = [](const Buffer& buffer) {
      return uint64_t{buffer.last_use} - buffer.first_use + 1;
    };
    TryBy([](const Buffer& buffer) { return buffer.bytes; });
    TryBy([&](const Buffer& buffer) { return std::pair(life(buffer), buffer.bytes); });
    TryBy([&](const Buffer& buffer) { return life(buffer) * buffer.bytes; });
    TryBy([](const Buffer& buffer) { return std::pair(-int{buffer.first_use}, buffer.bytes); });
    TryBy([](const Buffer& buffer) { return std::pair(int{buffer.last_use}, buffer.bytes); });
    TryBy([this](const Buffer& buffer) {
      return std::pair(
          std::max(LiveAt(buffers_, buffer.first_use), LiveAt(buffers_, buffer.last_use)),
          buffer.bytes);
    });
  }

  void TryChanges() {
    const uint64_t count = all_.size();
    std::mt19937 random(1);  // The same numbers everywhere, unlike the library's distributions.
    for (uint64_t left = kMostSteps / (count * count); left > 0 && !found_least(); --left) {
      Order order = order_;
      const size_t from = random() % order.size();
      const size_t to = random() % order.size();
      if (random() % 2 == 0) {
        std::swap(order[from], order[to]);
      } else {
        const uint16_t moved = order[from];
        order.erase(order.begin() + static_cast<ptrdiff_t>(from));
        order.insert(order.begin() + static_cast<ptrdiff_t>(to), moved);
      }
      Try(order);
    }
  }

  // The shortest beginning of the order that leads to as little.
  Order Shortest() {
    for (size_t length = 0; length < order_.size(); ++length) {
      Order beginning(order_.begin(), order_.begin() + static_cast<ptrdiff_t>(length));
      if (Plan(beginning) <= best_) return beginning;
    }
    return order_;
  }

  std::vector<PlannedBuffer> buffers_;
  Order all_;  // Those that take memory.
  uint64_t least_;
  uint64_t best_;  // What the plan takes with ...
  Order order_;
};

void Show(const TensorAllocation& allocation, Span<const PlannedBuffer> planned) {
  static_cast<std::vector<PlannedBuffer>*>(allocation.plan().user)
      ->assign(planned.begin(), planned.end());
}

}  // namespace

uint64_t LeastMemory(Span<const PlannedBuffer> buffers) {
  uint64_t most = 0;
  for (const PlannedBuffer& buffer : buffers) {
    if (buffer.bytes != 0) most = std::max(most, LiveAt(buffers, buffer.first_use));
  }
  return most;
}

std::vector<uint16_t> FindPlacement(std::vector<PlannedBuffer> buffers,
                                    const std::vector<uint16_t>& known) {
  return Search(std::move(buffers)).Run(known);
}

PlanOptions Observe(std::vector<PlannedBuffer>* buffers) {
  PlanOptions plan;
  plan.user = buffers;
  plan.make = [](const TensorAllocation& allocation, Span<PlannedBuffer> planned) {
    const uint32_t bytes = PlanMemory(planned, allocation.plan().placed_first);
    Show(allocation, planned);
    return bytes;
  };
  return plan;
}

PlanOptions ObserveInPlace(std::vector<PlannedBuffer>* buffers) {
  PlanOptions plan;
  plan.user = buffers;
  plan.make = [](const TensorAllocation& allocation, Span<PlannedBuffer> planned) {
    const uint32_t bytes = PlanInPlace(allocation, planned);
    Show(allocation, planned);
    return bytes;
  };
  return plan;
}

}  // namespace earshot
