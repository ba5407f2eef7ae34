# Installs programs, resources, desktop files, manual pages and completions. libtorch's four libraries lie in a folder of
# their own beside the programs, found by a relative path, so that the installed tree runs from anywhere.
include(GNUInstallDirs)
set(torch_folder lib/kinora/torch/lib)  # of its own, so no folder per architecture
set(doc_folder ${CMAKE_INSTALL_DATADIR}/doc/kinora)
set_target_properties(kinora kinora-cli PROPERTIES INSTALL_RPATH "$ORIGIN/../${torch_folder}")
install(TARGETS kinora kinora-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

foreach(library IN LISTS Libtorch_torch_LIBRARY Libtorch_torch_cpu_LIBRARY Libtorch_c10_LIBRARY)
  install(FILES ${library} DESTINATION ${torch_folder})
endforeach()
get_filename_component(torch_libraries ${Libtorch_torch_LIBRARY} DIRECTORY)
file(GLOB torch_openmp ${torch_libraries}/libgomp*.so*)
install(FILES ${torch_openmp} DESTINATION ${torch_folder})
# The licences of libtorch and of all that is linked into it, as its wheel brings them.
file(GLOB torch_licences ${torch_libraries}/../../torch-*.dist-info/licenses ${torch_libraries}/../../torch-*.dist-info/LICENSE
  ${torch_libraries}/../../torch-*.dist-info/NOTICE)
foreach(licence IN LISTS torch_licences)
  if(IS_DIRECTORY ${licence})
    install(DIRECTORY ${licence}/ DESTINATION ${doc_folder}/libtorch)
  else()
    install(FILES ${licence} DESTINATION ${doc_folder}/libtorch)
  endif()
endforeach()

# Icons, fonts, looks and translations are inside the programs.
install(DIRECTORY ${CMAKE_SOURCE_DIR}/resources/models ${CMAKE_SOURCE_DIR}/resources/sample DESTINATION ${CMAKE_INSTALL_DATADIR}/kinora
  PATTERN .lock EXCLUDE PATTERN "*.py" EXCLUDE)
set(desktop ${CMAKE_SOURCE_DIR}/packaging/desktop/io.github.kinora.Kinora)
install(FILES ${desktop}.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${desktop}.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
install(FILES ${desktop}.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${desktop}.mime.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME io.github.kinora.Kinora.xml)

# The program writes its manual itself, so that page and program agree.
set(manual ${CMAKE_BINARY_DIR}/kinora-cli.1)
install(CODE "execute_process(COMMAND \"$<TARGET_FILE:kinora-cli>\" manual OUTPUT_FILE \"${manual}\" COMMAND_ERROR_IS_FATAL ANY)")
install(FILES ${manual} ${CMAKE_SOURCE_DIR}/packaging/man/kinora.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
set(completion ${CMAKE_SOURCE_DIR}/packaging/completion)
install(FILES ${completion}/kinora-cli.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME kinora-cli)
install(FILES ${completion}/_kinora-cli DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${completion}/kinora-cli.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/debian/copyright ${CMAKE_SOURCE_DIR}/resources/fonts/OFL.txt DESTINATION ${doc_folder})

# packaging/package makes the Debian package from this.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME kinora)
set(CPACK_PACKAGE_VENDOR "The Kinora authors")
set(CPACK_PACKAGE_CONTACT "The Kinora authors <kinora@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "native desktop studio for AI video")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/packaging/cmake/PolishPackage.cmake)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION video)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_THREADS 2)  # a fixed number: blocks, and with them the bytes, depend on it
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${torch_libraries})
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "Type a prompt, arrange shots on a storyboard, watch, trim, and hand finished
clips to an editing suite. Everything runs on this machine from open
weights: no account, no telemetry, nobody approves the output. A small
model of its own is part of the package; Wan models are taken from
wherever they lie.")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "qt6-wayland, xdg-desktop-portal, fonts-noto-cjk, python3-pip, libsecret-1-0")
include(CPack)
