# cmake -DNM=nm -DPROGRAM=<program> "-DWANTED=kernel;…" -P <this file>
#
# Fails unless the program holds exactly these kernels.
execute_process(COMMAND "${NM}" -C "${PROGRAM}" OUTPUT_VARIABLE symbols COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "earshot::(reference|portable)::k[A-Z][A-Za-z0-9]*\n" kernels "${symbols}")
list(TRANSFORM kernels REPLACE "earshot::[a-z]+::k([A-Za-z0-9]+)\n" "\\1")
list(REMOVE_DUPLICATES kernels)
list(SORT kernels)
if(NOT kernels STREQUAL WANTED)
  message(FATAL_ERROR "${PROGRAM}: found the kernels ${kernels}; wanted ${WANTED}")
endif()
message("${PROGRAM}: ${kernels}")
