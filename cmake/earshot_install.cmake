# What `cmake --install` puts where, and what find_package(earshot) and pkg-config then say of it:
#
#   bin/earshot, bin/earshot-embed       the program; what makes constants of models
#   include/earshot/                     headers, included as <earshot/…>
#   lib/libearshot.a, libearshot.so      the core in C++ and C; its C interface alone
#   lib/libearshot_models.a, …           the shipped models as constants
#   lib/libearshot_host.a                what loads any model on a host
#   lib/libearshot_tflm.a,               TensorFlow Lite Micro's interface, and its headers, which only
#   include/earshot-tflm/                who links earshot::tflm includes
#   lib/cmake/earshot, lib/pkgconfig     for builds
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)
set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/earshot")
set(include_dir "${CMAKE_INSTALL_INCLUDEDIR}/earshot")

install(TARGETS earshot_base earshot_core earshot_c EXPORT earshot-core
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
if(EARSHOT_SHARED)
  install(TARGETS earshot_shared EXPORT earshot-core
          LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
# The headers of what is in the archive.
set(sources "${PROJECT_SOURCE_DIR}/src/earshot")
install(FILES "${sources}/earshot.h" "${sources}/earshot_parts.h" DESTINATION "${include_dir}")
install(DIRECTORY "${sources}/base" "${sources}/frontend" "${sources}/runtime" "${sources}/kernels"
                  "${sources}/app"
        DESTINATION "${include_dir}"
        FILES_MATCHING PATTERN "*.h" PATTERN "*.inc" PATTERN design EXCLUDE
        # What is for one processor alone, with its intrinsics.
        PATTERN "armv*" EXCLUDE PATTERN helium EXCLUDE PATTERN "avx*" EXCLUDE)
install(FILES "${sources}/models/clip_config.h" "${sources}/models/embedded_model.h"
              "${sources}/models/shipped_models.h"
        DESTINATION "${include_dir}/models")
install(FILES "${sources}/models/slot/model_slot.h" DESTINATION "${include_dir}/models/slot")
install(FILES "${PROJECT_BINARY_DIR}/generated/earshot/runtime/schema/model_format_generated.h"
        DESTINATION "${include_dir}/runtime/schema")
install(EXPORT earshot-core NAMESPACE earshot:: DESTINATION "${package_dir}")

if(TARGET earshot_embed)
  install(TARGETS earshot_embed EXPORT earshot-embed
          RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
  install(EXPORT earshot-embed NAMESPACE earshot:: DESTINATION "${package_dir}")
  install(FILES "${PROJECT_SOURCE_DIR}/cmake/earshot_embed_model.cmake"
          DESTINATION "${package_dir}")
endif()

if(TARGET earshot_models)
  install(EXPORT earshot-models NAMESPACE earshot:: DESTINATION "${package_dir}")
endif()

if(TARGET earshot_tflm)
  install(EXPORT earshot-tflm NAMESPACE earshot:: DESTINATION "${package_dir}")
endif()

if(TARGET earshot_host_models)
  install(TARGETS earshot_host_models EXPORT earshot-host
          ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
  install(EXPORT earshot-host NAMESPACE earshot:: DESTINATION "${package_dir}")
  foreach(header enough_memory feature_stage label_names manifest model_error model_files model_setup
                 resized_model runnable_model spotter_model)
    install(FILES "${sources}/models/${header}.h" DESTINATION "${include_dir}/models")
  endforeach()
  install(FILES "${sources}/models/slot/model_slot_writer.h"
          DESTINATION "${include_dir}/models/slot")
  install(FILES "${sources}/models/embedding/measured_model.h"
                "${sources}/models/embedding/packed_model.h"
          DESTINATION "${include_dir}/models/embedding")
  install(FILES "${sources}/frontend/design/design_frontend.h"
          DESTINATION "${include_dir}/frontend/design")
endif()

if(EARSHOT_HOST)
  install(TARGETS earshot RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()

configure_package_config_file(
  "${PROJECT_SOURCE_DIR}/cmake/earshot-config.cmake.in" "${PROJECT_BINARY_DIR}/earshot-config.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/earshot-config-version.cmake"
                                 COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/earshot-config.cmake"
              "${PROJECT_BINARY_DIR}/earshot-config-version.cmake"
        DESTINATION "${package_dir}")
configure_file("${PROJECT_SOURCE_DIR}/cmake/earshot.pc.in" "${PROJECT_BINARY_DIR}/earshot.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/earshot.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
