// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <earshot/runtime/model.h>

int main() {
  earshot::Model model;
  return earshot::Model::Load({}, &model).ok() ? 0 : 1;
}
