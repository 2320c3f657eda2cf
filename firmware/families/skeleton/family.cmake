# Skeleton of a chip family: every function that a port has, hardly one of them done.
# docs/porting.md.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/console.cc
  ${CMAKE_CURRENT_LIST_DIR}/start.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/watchdog.cc)
# An emulated board gets these from families/cortex_m.
if(NOT EARSHOT_EMULATED)
  list(APPEND EARSHOT_FAMILY_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/indicator.cc
    ${CMAKE_CURRENT_LIST_DIR}/microphone.cc
    ${CMAKE_CURRENT_LIST_DIR}/sleep.cc)
endif()
