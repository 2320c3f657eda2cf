/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

#include <earshot/earshot.h>
#include <stdio.h>

const char* words_problem(void);

int main(void) {
  size_t bytes = 1;
  const earshot_status status = earshot_spotter_bytes(NULL, NULL, 0, &bytes);
  if (status.code == EARSHOT_OK) return 1;
  printf("%u bytes: %s\n", (unsigned)bytes, words_problem());
  return 0;
}
