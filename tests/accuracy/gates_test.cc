// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every shipped model still reaches what was recorded for it (README.md), as `earshot evaluate`
// measures and judges it. What is found is kept for the report.

#include <gtest/gtest.h>

#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include "earshot/models/shipped_models.h"
#include "tests/accuracy/data_sets.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/accuracy/results.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {

namespace {

#ifdef EARSHOT_SLOW_BUILD
constexpr bool kIsSlowBuild = true;
#else
constexpr bool kIsSlowBuild = false;
#endif

struct Case {
  const EmbeddedModel* model;
  DataSet data_set;

  std::string name() const { return std::string(model->name) + "_" + data_set.name; }
};

void PrintTo(const Case& a_case, std::ostream* out) { *out << a_case.name(); }

std::vector<Case> Cases() {
  std::vector<Case> cases;
  for (const EmbeddedModel* model : ShippedModels()) {
    for (const DataSet& data_set : DataSets()) cases.push_back({model, data_set});
  }
  return cases;
}

class GatesTest : public testing::TestWithParam<Case> {};

TEST_P(GatesTest, AreReached) {
  const EmbeddedModel& model = *GetParam().model;
  const DataSet& data_set = GetParam().data_set;
  const RecordedGates recorded = ReadGates(model.name);
  const std::string how = std::string("; record them: record_gates ") + model.name;
  ASSERT_EQ(recorded.model_sha256, model.sha256) << "the gates are of another model" << how;
  ASSERT_EQ(recorded.data_sets.count(data_set.name), 1u) << "there are no gates" << how;
  if (data_set.from_corpus) EARSHOT_SKIP_WITHOUT_SHARED();
  if (!IsThere(data_set)) GTEST_SKIP() << "needs corpus/speech_commands in the test data";
  if (data_set.from_corpus && kIsSlowBuild) GTEST_SKIP() << "takes too long in this build";

  const Result result = Measure(model, data_set);
  SaveResult(model, data_set, result);
  EXPECT_EQ(FailedGates(result), 0u) << DetailsText(model.name, result);
  std::printf("%s on %s: %zu gates\n", model.name, data_set.title, result.at("gates").size());
}

std::string NameOf(const testing::TestParamInfo<Case>& tested) { return tested.param.name(); }

INSTANTIATE_TEST_SUITE_P(Shipped, GatesTest, testing::ValuesIn(Cases()), NameOf);

}  // namespace
}  // namespace earshot::accuracy
