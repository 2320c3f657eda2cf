// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TF_LITE_REMOVE_VIRTUAL_DELETE, for a class with virtual functions that never lies on a heap: so
// its destructor does not ask for the heap's `operator delete` either.
#pragma once

#define TF_LITE_REMOVE_VIRTUAL_DELETE \
  void operator delete(void* /*object*/) {}
