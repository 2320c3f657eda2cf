// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/call_once.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareCallOnce(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 0, 0, 0));
  const auto* options = context.options<schema::CallOnceOptions>();
  if (options == nullptr) return MissingOptions(context);
  if (context.subgraph() != 0) {
    return context.Unsupported("CALL_ONCE: subgraph that it is in"_text, kInitSubgraph, 0);
  }
  if (context.op_index() != 0) {
    return context.Unsupported("CALL_ONCE: operators in front of it"_text,
                               static_cast<int32_t>(context.op_index()), 0);
  }
  const int32_t subgraph = options->init_subgraph_index();
  if (subgraph != kInitSubgraph) {
    return context.Unsupported("CALL_ONCE: subgraph"_text, subgraph, kInitSubgraph);
  }
  if (context.model().subgraph_count() <= kInitSubgraph) {
    return context.Invalid("CALL_ONCE: subgraphs of the model"_text, 1, kInitSubgraph + 1);
  }
  const schema::SubGraph& graph = context.model().subgraph(kInitSubgraph);
  const size_t tensors =
      Model::Indices(graph.inputs()).size() + Model::Indices(graph.outputs()).size();
  if (tensors != 0) {
    return context.Unsupported("CALL_ONCE: tensors that its subgraph takes or gives"_text,
                               StatusNumber(static_cast<int64_t>(tensors)), 0);
  }
  return Verdict::Ok();
}

}  // namespace earshot
