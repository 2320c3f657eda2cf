/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* In C99, all that a program calls; without a model there is nothing to hear. */
#include <earshot/earshot.h>
#include <stddef.h>
#include <stdio.h>

int main(void) {
  earshot_config config = {0};
  earshot_model model = {0};
  earshot_spotter* spotter = NULL;
  earshot_status status;
  char text[EARSHOT_STATUS_TEXT_BYTES];
  config.struct_bytes = sizeof(config);
  status = earshot_default_config(&config);
  if (status.code != EARSHOT_OK) return 1;
  model.struct_bytes = sizeof(model);
  model.config = &config;
  model.kernels = earshot_all_kernels();
  status = earshot_spotter_create(&model, NULL, 0, &spotter);
  printf("version %d: %s\n", (int)earshot_version(),
         earshot_status_text(&status, text, sizeof(text)));
  return spotter != NULL;
}
