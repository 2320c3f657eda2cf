# cmake -DLIST=kernel_list.inc -DOUTPUT=earshot_operators.inc -P <this file>
#
# Writes the operators with the names that TensorFlow Lite Micro has for them, from the names of their
# kernels: kConv2DInt8 is one of AddConv2D() and Register_CONV_2D(), and is Register_CONV_2D_INT8().
cmake_minimum_required(VERSION 3.25)

# Where the name of a kernel does not say it: <as in kernel_list.inc> <AddX> <Register_X>.
set(other_names
  "BatchMatmul BatchMatMul BATCH_MATMUL" "Cumsum CumSum CUMSUM" "PadV2 PadV2 PADV2"
  "SignalPcan PCAN PCAN" "UnidirectionalSequenceLstm UnidirectionalSequenceLSTM UNIDIRECTIONAL_SEQUENCE_LSTM")
foreach(names IN LISTS other_names)
  separate_arguments(names)
  list(POP_FRONT names kernel)
  set(names_of_${kernel} "${names}")
endforeach()

set(integer "U?[Ii]nt(8|16|32|64)")
set(types "(Bool|Float32|Hybrid|Int4Weights|Int16State|${integer})(To(Float32|${integer}))?$")

file(STRINGS "${LIST}" lines REGEX "^EARSHOT_KERNEL\\([A-Za-z0-9]+\\)$")
set(operators "")
foreach(line IN LISTS lines)
  string(REGEX REPLACE "^EARSHOT_KERNEL\\((.*)\\)$" "\\1" kernel "${line}")
  string(REGEX REPLACE "${types}" "" operator "${kernel}")
  if(NOT operator IN_LIST operators)
    list(APPEND operators "${operator}")
  endif()
  list(APPEND kernels_of_${operator} "${kernel}")
endforeach()
if(NOT operators)
  message(FATAL_ERROR "${LIST}: found no kernels")
endif()

set(text "// Made by compat/operator_list.cmake.\n")
foreach(operator IN LISTS operators)
  if(DEFINED names_of_${operator})
    list(GET names_of_${operator} 0 name)
    list(GET names_of_${operator} 1 id)
  else()
    string(REGEX REPLACE "^Signal" "" name "${operator}")
    string(REGEX REPLACE "([a-z])([A-Z]|[0-9]D)" "\\1_\\2" id "${name}")
    string(REGEX REPLACE "([0-9])([A-Z][a-z])" "\\1_\\2" id "${id}")
    string(TOUPPER "${id}" id)
  endif()
  list(TRANSFORM kernels_of_${operator} PREPEND "&earshot::kernels::k" OUTPUT_VARIABLE kernels)
  list(JOIN kernels ",\n    " kernels)
  string(APPEND text "EARSHOT_TFLM_REGISTRATION(${id},\n    ${kernels})\n"
                     "EARSHOT_TFLM_OPERATOR(${name}, ${id})\n")
  foreach(kernel IN LISTS kernels_of_${operator})
    string(LENGTH "${operator}" begin)
    string(SUBSTRING "${kernel}" ${begin} -1 type)
    if(type)
      string(REPLACE "Int4Weights" "Int4" type "${type}")
      string(REPLACE "To" "_" type "${type}")
      string(TOUPPER "${type}" type)
      string(APPEND text
        "EARSHOT_TFLM_REGISTRATION(${id}_${type}, &earshot::kernels::k${kernel})\n")
    endif()
  endforeach()
endforeach()
string(APPEND text "#undef EARSHOT_TFLM_REGISTRATION\n#undef EARSHOT_TFLM_OPERATOR\n")
file(WRITE "${OUTPUT}" "${text}")
