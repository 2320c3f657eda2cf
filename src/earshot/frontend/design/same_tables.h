// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "earshot/frontend/frontend_tables.h"

namespace earshot {

// Whether front ends with these tables, of DesignFrontend() or earshot/frontend/standard_tables.h,
// make the same features of the same samples: all numbers are equal, wherever they lie.
bool SameTables(const FrontendTables& a, const FrontendTables& b);

}  // namespace earshot
