// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/control_flow.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// That an operator's tensor and the subgraph's are copies of one another.
Verdict CheckPassed(const PrepareContext& context, const TensorInfo& own, const TensorInfo& other) {
  EARSHOT_RETURN_IF_ERROR(CheckPlain(context, own));
  if (other.type != own.type) {
    return context.InvalidType("subgraph: type of what it takes or gives"_text, other.type,
                               own.type);
  }
  return CheckEqual(context, "subgraph: bytes of what it takes or gives"_text,
                    static_cast<int32_t>(other.bytes), static_cast<int32_t>(own.bytes));
}

// Prepares the subgraph of this number, which takes the operator's inputs from `first_input` on.
// `*scratch` grows to what it needs.
Verdict PrepareCallOf(PrepareContext& context, int32_t subgraph, size_t first_input,
                      uint32_t* called, uint32_t* scratch) {
  const Model& model = context.model();
  const auto graphs = static_cast<int32_t>(model.subgraph_count());
  if (subgraph < 0 || subgraph >= graphs) {
    return context.Invalid("subgraph (wanted: less than)"_text, subgraph, graphs);
  }
  const auto graph = static_cast<size_t>(subgraph);
  const Span<const int32_t> inputs = Model::Indices(model.subgraph(graph).inputs());
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "subgraph: number of inputs"_text,
                                     static_cast<int32_t>(inputs.size()),
                                     static_cast<int32_t>(context.input_count() - first_input)));
  for (size_t i = 0; i < inputs.size(); ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckPassed(context, context.input(first_input + i),
                                        model.tensor(graph, static_cast<size_t>(inputs[i]))));
  }
  uint32_t bytes = 0;
  EARSHOT_RETURN_IF_ERROR(context.PrepareSubgraph(graph, called, &bytes));
  if (*scratch < bytes) *scratch = bytes;
  return Verdict::Ok();
}

// That a subgraph, which there is, gives the operator's outputs.
Verdict CheckOutputs(const PrepareContext& context, int32_t subgraph) {
  const Model& model = context.model();
  const auto graph = static_cast<size_t>(subgraph);
  const Span<const int32_t> outputs = Model::Indices(model.subgraph(graph).outputs());
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "subgraph: number of outputs"_text,
                                     static_cast<int32_t>(outputs.size()),
                                     static_cast<int32_t>(context.output_count())));
  for (size_t i = 0; i < outputs.size(); ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckPassed(context, context.output(i),
                                        model.tensor(graph, static_cast<size_t>(outputs[i]))));
  }
  return Verdict::Ok();
}

// That a subgraph, which there is, gives one truth.
Verdict CheckGivesTruth(const PrepareContext& context, int32_t subgraph) {
  const Model& model = context.model();
  const auto graph = static_cast<size_t>(subgraph);
  const Span<const int32_t> outputs = Model::Indices(model.subgraph(graph).outputs());
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "condition: number of outputs"_text,
                                     static_cast<int32_t>(outputs.size()), 1));
  return CheckTruth(context, "condition: type"_text,
                    model.tensor(graph, static_cast<size_t>(outputs[0])));
}

template <typename Data>
void Finish(PrepareContext& context, const Data& data, uint32_t scratch) {
  const uint32_t buffers[] = {scratch};
  context.RequestScratch(buffers);
  context.SetData(data);
}

}  // namespace

Verdict PrepareIf(PrepareContext& context) {
  const size_t inputs = context.input_count() == 0 ? 1 : context.input_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, inputs, inputs, context.output_count()));
  EARSHOT_RETURN_IF_ERROR(CheckTruth(context, "input: type"_text, context.input(0)));
  const auto* options = context.options<schema::IfOptions>();
  if (options == nullptr) return MissingOptions(context);
  Branches branches = {};
  uint32_t scratch = 0;
  EARSHOT_RETURN_IF_ERROR(
      PrepareCallOf(context, options->then_subgraph_index(), 1, &branches.then_branch, &scratch));
  EARSHOT_RETURN_IF_ERROR(CheckOutputs(context, options->then_subgraph_index()));
  EARSHOT_RETURN_IF_ERROR(
      PrepareCallOf(context, options->else_subgraph_index(), 1, &branches.else_branch, &scratch));
  EARSHOT_RETURN_IF_ERROR(CheckOutputs(context, options->else_subgraph_index()));
  Finish(context, branches, scratch);
  return Verdict::Ok();
}

Verdict PrepareWhile(PrepareContext& context) {
  const size_t inputs = context.input_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, inputs, inputs, inputs));
  for (size_t i = 0; i < inputs; ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckPassed(context, context.input(i), context.output(i)));
  }
  const auto* options = context.options<schema::WhileOptions>();
  if (options == nullptr) return MissingOptions(context);
  Loop loop = {};
  uint32_t scratch = 0;
  EARSHOT_RETURN_IF_ERROR(
      PrepareCallOf(context, options->cond_subgraph_index(), 0, &loop.condition, &scratch));
  EARSHOT_RETURN_IF_ERROR(CheckGivesTruth(context, options->cond_subgraph_index()));
  EARSHOT_RETURN_IF_ERROR(
      PrepareCallOf(context, options->body_subgraph_index(), 0, &loop.body, &scratch));
  EARSHOT_RETURN_IF_ERROR(CheckOutputs(context, options->body_subgraph_index()));
  Finish(context, loop, scratch);
  return Verdict::Ok();
}

}  // namespace earshot
