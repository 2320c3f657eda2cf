// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/call_once.h"

#include "kernels/checks.h"

namespace earshot {

Verdict PrepareCallOnce(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 0, 0, 0));
  const auto* options =
      context.options<schema::CallOnceOptions>(schema::BuiltinOptions::CallOnceOptions);
  if (options == nullptr) return MissingOptions(context);
  if (context.init_subgraph() != 0) {
    return context.Unsupported("CALL_ONCE: number of them"_text, 2, 1);
  }
  const int32_t subgraph = options->init_subgraph_index();
  const auto count = static_cast<int32_t>(context.model().subgraph_count());
  if (subgraph < 1 || subgraph >= count) {
    return context.Invalid("CALL_ONCE: subgraph (wanted: from 1 to)"_text, subgraph, count - 1);
  }
  const auto index = static_cast<size_t>(subgraph);
  const schema::SubGraph& graph = context.model().subgraph(index);
  const size_t tensors =
      Model::Indices(graph.inputs()).size() + Model::Indices(graph.outputs()).size();
  if (tensors != 0) {
    return context.Unsupported("CALL_ONCE: tensors that its subgraph takes or gives"_text,
                               StatusNumber(static_cast<int64_t>(tensors)), 0);
  }
  context.SetInitSubgraph(index);
  return Verdict::Ok();
}

}  // namespace earshot
