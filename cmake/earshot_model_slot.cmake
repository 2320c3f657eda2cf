# earshot_model_slot(<name> DIR <model folder>)
#
# <name>.slot: the folder's model, packed for the board's slot, and targets flash-model-<tool> that
# write it there, the application untouched; flash-model is the first of them.
function(earshot_model_slot name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "DIR" "")
  cmake_path(ABSOLUTE_PATH arg_DIR BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
  set(slot "${CMAKE_CURRENT_BINARY_DIR}/${name}.slot")
  add_custom_command(OUTPUT "${slot}"
    COMMAND "${EARSHOT_EMBED_TOOL}" --model "${arg_DIR}/model.tflite"
            --manifest "${arg_DIR}/manifest.json" --slot "${slot}" --slot-name "${name}"
            --slot-bytes "${EARSHOT_SLOT_BYTES}"
    DEPENDS "${EARSHOT_EMBED_TOOL}" "${arg_DIR}/model.tflite" "${arg_DIR}/manifest.json"
    COMMENT "Packing ${name} for the model slot" VERBATIM)
  add_custom_target(${name}_slot ALL DEPENDS "${slot}")
  foreach(tool IN LISTS EARSHOT_FLASH_TOOLS)
    earshot_flash_command(command ${tool} "${slot}" "${EARSHOT_SLOT_ADDRESS}")
    add_custom_target(flash-model-${tool} COMMAND ${command}
                      DEPENDS "${slot}" USES_TERMINAL VERBATIM)
  endforeach()
  if(EARSHOT_FLASH_TOOLS)
    list(GET EARSHOT_FLASH_TOOLS 0 tool)
    add_custom_target(flash-model DEPENDS flash-model-${tool})
  endif()
endfunction()
