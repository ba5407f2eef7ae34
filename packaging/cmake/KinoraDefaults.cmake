# Language, warnings and linker for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set_property(GLOBAL PROPERTY USE_FOLDERS ON)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(KINORA_CCACHE ccache)
if(KINORA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${KINORA_CCACHE})
endif()

find_program(KINORA_MOLD mold)
if(KINORA_MOLD AND NOT KINORA_FUZZ)  # clang 16's sanitizers want the linker they were made for
  add_link_options(-fuse-ld=mold)
endif()

# Fuzzing instruments everything, and a report ends the program.
if(KINORA_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

# What every room links: warnings, the repository root as include folder, no Qt keywords (they break torch's headers).
add_library(kinora_options INTERFACE)
target_include_directories(kinora_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(kinora_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers)
# GCC 12 reports copies of strings that never happen (GCC's bugs 105329 and 105651, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(kinora_options INTERFACE -Wno-restrict -Wno-array-bounds)
endif()
target_compile_definitions(kinora_options INTERFACE QT_NO_KEYWORDS KINORA_VERSION="${PROJECT_VERSION}")

# A room of the house: a static library from every source file below the named folders of the current directory.
function(kinora_add_room target alias)
  cmake_parse_arguments(ROOM "" "" "FOLDERS" ${ARGN})
  set(sources "")
  foreach(folder IN LISTS ROOM_FOLDERS)
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h)
    list(APPEND sources ${found})
  endforeach()
  add_library(${target} STATIC ${sources})
  add_library(${alias} ALIAS ${target})
  set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  target_link_libraries(${target} PUBLIC kinora_options)
endfunction()
