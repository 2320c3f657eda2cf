# How Earshot's targets are made, so that each CMakeLists.txt only says what is in them.

set(EARSHOT_WARNINGS -Wall -Wextra -Wshadow -Wundef -Wcast-qual -Wvla)

function(earshot_apply_sanitizers)
  if(NOT EARSHOT_SANITIZE)
    return()
  endif()
  add_compile_options(-fsanitize=${EARSHOT_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${EARSHOT_SANITIZE})
endfunction()

# What tells libFuzzer which branches the product takes; for the folder that calls it and those below.
function(earshot_show_branches_to_fuzzers)
  if(EARSHOT_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endfunction()

# What counts them, in a file for tests/coverage.
function(earshot_count_branches target)
  if(EARSHOT_COVERAGE)
    target_compile_options(${target} PRIVATE -fprofile-instr-generate -fcoverage-mapping)
  endif()
endfunction()

function(earshot_warnings target)
  target_compile_options(${target} PRIVATE ${EARSHOT_WARNINGS}
    $<$<COMPILE_LANGUAGE:CXX>:-Wnon-virtual-dtor -Woverloaded-virtual>
    $<$<BOOL:${EARSHOT_WERROR}>:-Werror>)
  # With its sanitizers GCC takes std::regex for uninitialized: gcc.gnu.org, bug 105562.
  if(EARSHOT_SANITIZE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${target} PRIVATE -Wno-maybe-uninitialized)
  endif()
endfunction()

# earshot_core_library(<name> SOURCES <files...> [LINK <public libraries...>])
#
# A library of the core: earshot_<name>; others link all of them as earshot::core. No exceptions, no
# RTTI, no guarded statics, one section per function so that the linker drops what nobody calls, and no
# fused multiply-add, which would change float results from one processor to the next.
set(EARSHOT_CORE_OPTIONS -ffunction-sections -fdata-sections -ffp-contract=off
  $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions -fno-rtti -fno-threadsafe-statics>)

# What is compiled as part of the core; whoever has it in a shared library does not show it.
function(earshot_apply_core_options target)
  target_compile_options(${target} PRIVATE ${EARSHOT_CORE_OPTIONS})
  set_target_properties(${target} PROPERTIES
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  if(EARSHOT_SHARED)
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  endif()
  earshot_count_branches(${target})
  earshot_warnings(${target})
endfunction()

function(earshot_core_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK")
  add_library(earshot_${name} STATIC ${arg_SOURCES})
  target_link_libraries(earshot_${name} PUBLIC earshot_base ${arg_LINK})
  earshot_apply_core_options(earshot_${name})
endfunction()

# earshot_join_sources(<target> <files...>)
#
# Compiles those files of a target that lie in one folder as one: most of the time of a small source
# goes into the headers of others. A name of an anonymous namespace then means one thing per folder.
set(EARSHOT_MOST_JOINED 16)
function(earshot_join_sources target)
  if(NOT EARSHOT_JOINED_SOURCES)
    return()
  endif()
  foreach(source ${ARGN})
    get_filename_component(folder "${source}" DIRECTORY)
    get_filename_component(folder "${folder}" NAME)
    # So many that several processors find something to do.
    math(EXPR of_folder_${folder} "0${of_folder_${folder}} + 1")
    math(EXPR part "${of_folder_${folder}} / ${EARSHOT_MOST_JOINED}")
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP ${folder}_${part})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# The options of all tests. Without optimization a test is compiled in a third to two thirds of the time,
# and what it calls is as fast as ever. A precompiled header is of use only to sources with the options
# that it was compiled with.
function(earshot_test_options target)
  target_link_libraries(${target} PRIVATE earshot_test_support GTest::gmock)
  target_compile_options(${target} PRIVATE -ffp-contract=off -O0)
  earshot_warnings(${target})
endfunction()

# earshot_test_headers(<name> <headers...>)
#
# Headers that are compiled once for many tests: see HEADERS below.
function(earshot_test_headers name)
  if(EARSHOT_PRECOMPILED_HEADERS)
    add_library(${name} OBJECT "${PROJECT_SOURCE_DIR}/tests/support/empty.cc")
    earshot_test_options(${name})
    target_precompile_headers(${name} PRIVATE ${ARGN})
  endif()
endfunction()

# earshot_test(<name> SOURCES <files...> [LINK <libraries...>] [HEADERS <precompiled header>])
#
# A GoogleTest program; each TEST in it becomes a ctest test called <folder>/<suite>.<test>. HEADERS
# names a target of earshot_test_headers(): GoogleTest's by default, NONE for a program whose options
# differ from those of the others.
function(earshot_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADERS" "SOURCES;LINK")
  add_executable(${name} ${arg_SOURCES})
  earshot_test_options(${name})
  target_link_libraries(${name} PRIVATE ${arg_LINK} GTest::gmock_main)
  if(NOT arg_HEADERS)
    set(arg_HEADERS earshot_gtest_headers)
  endif()
  if(EARSHOT_PRECOMPILED_HEADERS AND NOT arg_HEADERS STREQUAL "NONE")
    target_precompile_headers(${name} REUSE_FROM ${arg_HEADERS})
  endif()
  file(RELATIVE_PATH folder "${PROJECT_SOURCE_DIR}/tests" "${CMAKE_CURRENT_SOURCE_DIR}")
  gtest_discover_tests(${name} TEST_PREFIX "${folder}/" DISCOVERY_TIMEOUT 60
                       PROPERTIES SKIP_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
endfunction()
