# Installs programs and resources; libtorch's libraries go beside them.
include(GNUInstallDirs)
install(TARGETS kinora kinora-cli RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
