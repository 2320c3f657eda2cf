/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* Runs any model with one input and one output on rows of bytes, and says how often each operator
 * ran.
 *
 *   run_model model.tflite < INPUTS > OUTPUTS
 */
#include <earshot/earshot_parts.h>
#include <stdio.h>

#include "files.h"

#define MOST_OPERATORS 1024

static unsigned long runs[MOST_OPERATORS];

static void count_run(void* user, size_t op_index) {
  (void)user;
  if (op_index < MOST_OPERATORS) ++runs[op_index];
}

int main(int argc, char** argv) {
  earshot_model model = {0};
  earshot_profiler profiler = {0};
  earshot_tensor input = {0}, output = {0};
  earshot_interpreter* interpreter;
  earshot_status status;
  size_t bytes = 0, i;
  void* memory = NULL;
  void* file;

  if (argc != 2) {
    fprintf(stderr, "usage: run_model MODEL.tflite < INPUTS > OUTPUTS\n");
    return 2;
  }
  model.struct_bytes = sizeof(model);
  file = read_file(argv[1], &model.size);
  model.bytes = file;
  model.kernels = earshot_all_kernels();
  status = earshot_interpreter_bytes(&model, NULL, 0, &bytes);
  while (status.code == EARSHOT_ARENA_TOO_SMALL) {
    release(memory);
    memory = allocate(bytes);
    status = earshot_interpreter_bytes(&model, memory, bytes, &bytes);
  }
  check(status, argv[1]);
  check(earshot_interpreter_create(&model, memory, bytes, &interpreter), argv[1]);

  input.struct_bytes = sizeof(input);
  output.struct_bytes = sizeof(output);
  check(earshot_interpreter_input(interpreter, 0, &input), argv[1]);
  check(earshot_interpreter_output(interpreter, 0, &output), argv[1]);
  profiler.struct_bytes = sizeof(profiler);
  profiler.end = count_run;
  check(earshot_interpreter_set_profiler(interpreter, &profiler), argv[1]);

  while (fread(input.data, 1, input.bytes, stdin) == input.bytes) {
    check(earshot_interpreter_invoke(interpreter), argv[1]);
    fwrite(output.data, 1, output.bytes, stdout);
  }
  for (i = 0; i < MOST_OPERATORS && runs[i] != 0; ++i) {
    fprintf(stderr, "%lu %s: %lu\n", (unsigned long)i, earshot_interpreter_operator(interpreter, i),
            runs[i]);
  }
  release(memory);
  release(file);
  return 0;
}
