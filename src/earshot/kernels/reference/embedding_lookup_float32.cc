// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/gather.h"
#include "earshot/kernels/reference/gather_rows.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {

const Kernel kEmbeddingLookupFloat32 = {kEmbeddingLookupFloat32Key, PrepareEmbeddingLookup,
                                        InvokeEmbeddingLookup};

}  // namespace earshot::reference
