// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/operator_view.h"

namespace earshot {

bool OperatorView::has_input(size_t i) const { return names_input(i) && input(i).count() != 0; }

}  // namespace earshot
