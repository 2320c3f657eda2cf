# Skeleton of a chip family: every function that a port has, none of them done. docs/porting.md.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/console.cc
  ${CMAKE_CURRENT_LIST_DIR}/indicator.cc
  ${CMAKE_CURRENT_LIST_DIR}/microphone.cc
  ${CMAKE_CURRENT_LIST_DIR}/system.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/watchdog.cc)
