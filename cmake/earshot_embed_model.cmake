# earshot_embed_model(<target> NAME <kConstant> DIR <folder> | MODEL <file>)
#
# A library that holds DIR/model.tflite, described by DIR/manifest.json, as the constant
# earshot::<kConstant> of type EmbeddedModel, with its resolver and exact memory sizes. MODEL is a
# .tflite file, or its manifest, as they are published: NAME.tflite and NAME.json in one folder; or a
# packed slot.
#
#   earshot_embed_model(my_word NAME kMyWord DIR models/my_word)
#   earshot_embed_model(okay_nabu NAME kOkayNabu MODEL okay_nabu.json)
#   target_link_libraries(my_program PRIVATE my_word)
#
#   #include "earshot/embedded/my_word.h"   // earshot::kMyWord, earshot::kMyWordSpotterBytes
#
# The generator is earshot-embed of this build or of the installed package or, where
# EARSHOT_EMBED_TOOL is set, that program.
function(earshot_embed_model target)
  get_property(missing GLOBAL PROPERTY EARSHOT_MISSING_FOR_MODELS)
  if(missing)
    list(JOIN missing ", " missing)
    message(FATAL_ERROR "earshot_embed_model(${target}): embedding a model needs ${missing}, "
                        "not found here")
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME;DIR;MODEL" "")
  if(NOT arg_NAME)
    message(FATAL_ERROR "earshot_embed_model(${target}): NAME is missing")
  endif()
  if((arg_DIR AND arg_MODEL) OR NOT (arg_DIR OR arg_MODEL))
    message(FATAL_ERROR "earshot_embed_model(${target}): wanted either DIR or MODEL")
  endif()
  if(NOT arg_NAME MATCHES "^k[A-Z][A-Za-z0-9]*$")
    message(FATAL_ERROR "earshot_embed_model(${target}): NAME ${arg_NAME}: wanted a name like "
                        "kTinyConvYesNo")
  endif()

  # kTinyConvYesNo -> tiny_conv_yes_no, kCommands7 -> commands_7, as earshot-embed names its files.
  string(REGEX REPLACE "([A-Z]|[0-9]+)" "_\\1" file_name "${arg_NAME}")
  string(REGEX REPLACE "^k_" "" file_name "${file_name}")
  string(TOLOWER "${file_name}" file_name)

  if(arg_DIR)
    cmake_path(ABSOLUTE_PATH arg_DIR BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    set(arguments --model "${arg_DIR}/model.tflite" --manifest "${arg_DIR}/manifest.json")
    set(files "${arg_DIR}/model.tflite" "${arg_DIR}/manifest.json")
  else()
    cmake_path(ABSOLUTE_PATH arg_MODEL BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
    set(arguments --model "${arg_MODEL}")
    set(files "${arg_MODEL}")
    foreach(extension .tflite .json)
      cmake_path(REPLACE_EXTENSION arg_MODEL LAST_ONLY "${extension}" OUTPUT_VARIABLE file)
      if(EXISTS "${file}")
        list(APPEND files "${file}")
      endif()
    endforeach()
    list(REMOVE_DUPLICATES files)
  endif()
  set(include_dir "${CMAKE_CURRENT_BINARY_DIR}/${target}_generated")
  set(generated "${include_dir}/earshot/embedded/${file_name}")
  if(EARSHOT_EMBED_TOOL)
    set(tool "${EARSHOT_EMBED_TOOL}")
  else()
    set(tool earshot::embed_tool)
  endif()
  add_custom_command(
    OUTPUT "${generated}.h" "${generated}.cc"
    COMMAND "${tool}" ${arguments} --name "${arg_NAME}" --out-dir "${include_dir}/earshot/embedded"
    DEPENDS ${files} "${tool}"
    COMMENT "Embedding ${file_name}"
    VERBATIM)

  add_library(${target} STATIC "${generated}.cc" "${generated}.h")
  target_include_directories(${target} PUBLIC "$<BUILD_INTERFACE:${include_dir}>")
  if(COMMAND earshot_apply_core_options)
    earshot_apply_core_options(${target})
  else()  # In a project that found Earshot as it was installed.
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  target_link_libraries(${target} PUBLIC earshot::core)
endfunction()
