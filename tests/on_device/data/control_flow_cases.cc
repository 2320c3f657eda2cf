// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Subgraphs that call one another.

#include <string>
#include <vector>

#include "tests/kernels/control_flow_model.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {

std::vector<KernelCase> ControlFlowCases() {
  std::vector<KernelCase> cases;
  for (int32_t i = 0; i < 3; ++i) {
    const auto number = [](int32_t value) { return BytesOf(std::vector<int32_t>{value}); };
    const std::vector<uint8_t> truth = {static_cast<uint8_t>(i % 2)};
    const std::string name = " " + std::to_string(i);
    cases.push_back({"IF" + name, AddOrSubtract(1), {truth, number(i), number(40)}});
    cases.push_back({"WHILE" + name, SumOfNumbersBelow(4 * i), {number(100)}});
    cases.push_back({"WHILE IF WHILE" + name, NestedCalls(), {number(5 * i)}});
  }
  return cases;
}

}  // namespace earshot::test
