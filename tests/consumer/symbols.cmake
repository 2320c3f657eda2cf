# cmake -DNM=nm -DLIBRARY=libearshot.so -DHEADER=earshot.h -DPARTS_HEADER=earshot_parts.h -P <this file>
execute_process(COMMAND "${NM}" --dynamic --defined-only --format=posix "${LIBRARY}"
                OUTPUT_VARIABLE lines COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" lines "${lines}")
set(found)
foreach(line IN LISTS lines)
  if(NOT line MATCHES "^[A-Z_0-9]+ A ")  # The name of the version.
    string(REGEX REPLACE "[@ ].*" "" symbol "${line}")
    list(APPEND found "${symbol}")
  endif()
endforeach()

set(text)
foreach(header IN ITEMS "${HEADER}" "${PARTS_HEADER}")
  file(READ "${header}" one)
  string(APPEND text "${one}")
endforeach()
string(REGEX MATCHALL "EARSHOT_API [^;]*[ *]earshot_[a-z_]+\\(" declarations "${text}")
list(TRANSFORM declarations REPLACE ".*[ *](earshot_[a-z_]+)\\(" "\\1" OUTPUT_VARIABLE wanted)

list(SORT found)
list(SORT wanted)
if(NOT wanted OR NOT "${found}" STREQUAL "${wanted}")
  message(FATAL_ERROR "${LIBRARY} shows ${found}; the headers declare ${wanted}")
endif()
