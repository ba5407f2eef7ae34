# The reference fixtures travel as one archive; tests read them from the build folder (or from KINORA_GOLDENS).
set(goldens_archive ${CMAKE_SOURCE_DIR}/tests/goldens/goldens.tar.xz)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${goldens_archive})
if(NOT EXISTS ${CMAKE_BINARY_DIR}/goldens/README.md OR ${goldens_archive} IS_NEWER_THAN ${CMAKE_BINARY_DIR}/goldens/.unpacked)
  file(ARCHIVE_EXTRACT INPUT ${goldens_archive} DESTINATION ${CMAKE_BINARY_DIR})
  file(TOUCH ${CMAKE_BINARY_DIR}/goldens/.unpacked)
endif()
