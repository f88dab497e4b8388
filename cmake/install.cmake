# What find_package(minimeta) finds. There is nothing of one architecture in it, so it goes to share/, and its files name
# no absolute path: the tree may be moved after it was installed.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir "${CMAKE_INSTALL_DATADIR}/cmake/minimeta")

install(TARGETS minimeta EXPORT minimetaTargets FILE_SET HEADERS)
install(EXPORT minimetaTargets NAMESPACE minimeta:: DESTINATION "${package_dir}")

configure_package_config_file(
    "${CMAKE_CURRENT_LIST_DIR}/minimetaConfig.cmake.in" "${PROJECT_BINARY_DIR}/minimetaConfig.cmake"
    INSTALL_DESTINATION "${package_dir}"
)
# Before 1.0 a new minor version may break what compiled with the last one.
write_basic_package_version_file(
    "${PROJECT_BINARY_DIR}/minimetaConfigVersion.cmake"
    COMPATIBILITY SameMinorVersion
    ARCH_INDEPENDENT
)
install(
    FILES "${PROJECT_BINARY_DIR}/minimetaConfig.cmake" "${PROJECT_BINARY_DIR}/minimetaConfigVersion.cmake"
    DESTINATION "${package_dir}"
)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DATADIR}/licenses/minimeta")
