# Packages: `cpack -G DEB` in a build folder gives three, the program, the shared library, and what
# is needed to build on it. The program has the library inside, so it needs no other package of ours.

set(QW_PACKAGER "the qingwen authors <maintainers@qingwen.invalid>" CACHE STRING
    "Who makes the packages, with an address")

set(CPACK_PACKAGE_NAME qingwen)
set(CPACK_PACKAGE_VENDOR "qingwen")
set(CPACK_PACKAGE_CONTACT "${QW_PACKAGER}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "clean and convert Chinese documents")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program library development)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(about "qingwen reads TXT and DOCX in whatever encodings they are in, takes watermarks\n\
and advertisements out, puts headings and numbering in order, and writes clean\n\
UTF-8 text, Markdown, JSON Lines or DOCX. What it changes it can put back.\n.\n")

set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME qingwen)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION text)
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "${about}This package has the program.")

string(CONCAT library_package libqingwen ${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME ${library_package})
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "${about}This package has the shared library.")
# The linker's cache is renewed by a trigger; what needs the library must be as new as it is.
set(control ${CMAKE_CURRENT_BINARY_DIR}/debian)
file(WRITE ${control}/triggers "activate-noawait ldconfig\n")
file(WRITE ${control}/shlibs "libqingwen ${PROJECT_VERSION_MAJOR} ${library_package} \
(>= ${PROJECT_VERSION})\n")
file(CHMOD ${control}/triggers ${control}/shlibs
     PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_CONTROL_EXTRA ${control}/triggers ${control}/shlibs)

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libqingwen-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "${about}This package has the header, the static library, \
and files for\npkg-config and CMake.")
# pkg-config wants the files of all that the static library stands on.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "${library_package} (= ${PROJECT_VERSION}-1), \
libjansson-dev, libpcre2-dev, libutf8proc-dev, libxml2-dev, libzip-dev")

# What Debian wants besides, in every package: who may do what with it, and what changed.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/PackagesDebian.cmake)
set(CPACK_QW_COPYRIGHT ${PROJECT_SOURCE_DIR}/LICENSE)
include(CPack)
