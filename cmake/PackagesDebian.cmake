# Run by cpack when what is to be packed lies ready, a folder a component: adds the copyright and the
# changelog, and compresses what Debian has compressed.
find_program(GZIP gzip REQUIRED)
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # or SOURCE_DATE_EPOCH
foreach(component ${CPACK_COMPONENTS_ALL})
  string(TOUPPER ${component} NAME)
  set(top ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr/share)
  set(doc ${top}/doc/${CPACK_DEBIAN_${NAME}_PACKAGE_NAME})
  file(WRITE ${doc}/changelog.Debian
    "qingwen (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium\n\n"
    "  * New upstream release.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
  configure_file(${CPACK_QW_COPYRIGHT} ${doc}/copyright COPYONLY)
  file(GLOB_RECURSE pages ${top}/man/*.1)
  foreach(file ${doc}/changelog.Debian ${pages})
    execute_process(COMMAND ${GZIP} -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
  endforeach()
  file(GLOB_RECURSE files ${CPACK_TEMPORARY_DIRECTORY}/${component}/usr/share/*)
  foreach(file ${files})
    file(CHMOD ${file} PERMISSIONS OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  endforeach()
endforeach()
