# Everything Kinora links, found once. Rooms name the imported targets they need.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(PNG REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(spdlog REQUIRED)
find_package(CURL 7.85 REQUIRED)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
if(KINORA_STUDIO OR KINORA_FUZZ)
  find_package(ZLIB REQUIRED)
  pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
  find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
endif()
if(KINORA_FUZZ)  # core and the plain readers only
  return()
endif()
find_package(Libtorch 2.11 REQUIRED)
find_package(CLI11 REQUIRED)

# OpenCV's core and imgproc only. Debian's OpenCVConfig.cmake comes with all of VTK, its imgcodecs with GDAL: neither is wanted.
find_path(OPENCV_INCLUDE_DIR opencv2/imgproc.hpp PATH_SUFFIXES opencv4 REQUIRED)
find_library(OPENCV_CORE_LIBRARY opencv_core REQUIRED)
find_library(OPENCV_IMGPROC_LIBRARY opencv_imgproc REQUIRED)
add_library(kinora_opencv INTERFACE)
target_include_directories(kinora_opencv SYSTEM INTERFACE ${OPENCV_INCLUDE_DIR})
target_link_libraries(kinora_opencv INTERFACE ${OPENCV_IMGPROC_LIBRARY} ${OPENCV_CORE_LIBRARY})

# The trainer alone links SentencePiece (to train the starter's tokenizer); the programs read its models themselves.
pkg_check_modules(SENTENCEPIECE REQUIRED IMPORTED_TARGET sentencepiece)
find_library(SENTENCEPIECE_TRAIN_LIBRARY sentencepiece_train REQUIRED)

if(KINORA_STUDIO)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core DBus Gui Widgets OpenGL OpenGLWidgets Svg Multimedia)
  find_package(ZLIB REQUIRED)
  pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET libavcodec libavformat libavutil libavfilter libswscale libswresample)
endif()

# jemalloc keeps large tensors' pages (twenty times faster than glibc's); not under sanitizers.
find_library(JEMALLOC_LIBRARY jemalloc)
