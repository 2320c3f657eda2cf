// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <vector>

#include "tests/on_device/data/make_data.h"

namespace earshot::test {

std::vector<std::vector<KernelCase>> AllKernelCases() {
  return {ArithmeticFloat32Cases(), ArithmeticInt8Cases(), ConvolutionCases(), OtherInt8Cases(),
          OtherFloat32Cases(),      MovementCases(),       RecurrentCases(),   SelectionCases(),
          ActivationCases(),        SignalCases(),         StreamCases(),      ControlFlowCases(),
          ArrangementCases(),       ComparisonCases(),     WideCases(),        WeightTypeCases(),
          IntegerTypeCases(),       Uint8Cases(),          DetectionCases(),   DecodeCases()};
}

}  // namespace earshot::test
