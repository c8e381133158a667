# The TLS engine. To be included where it is needed. It defines
#   bearssl::bearssl     the library
#   stellar_tls          an object library of our part
#   STELLAR_TLS_SOURCES  its sources
find_path(BEARSSL_INCLUDE_DIR bearssl_ssl.h PATH_SUFFIXES bearssl REQUIRED)
find_library(BEARSSL_LIBRARY bearssl REQUIRED)
mark_as_advanced(BEARSSL_INCLUDE_DIR BEARSSL_LIBRARY)
if(NOT TARGET bearssl::bearssl)
    add_library(bearssl::bearssl UNKNOWN IMPORTED GLOBAL)
    set_target_properties(bearssl::bearssl PROPERTIES
        IMPORTED_LOCATION ${BEARSSL_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${BEARSSL_INCLUDE_DIR})
endif()

set(STELLAR_TLS_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/tls_authorities.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_buffers.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_cache.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_chain.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_check.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_check_key.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_client.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_credentials.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_der.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_error.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_failure.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_pem.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_policy.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_session.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_subject.c
    ${CMAKE_CURRENT_LIST_DIR}/tls_warnings.c
    ${PROJECT_SOURCE_DIR}/src/files/text_file.c)
if(NOT TARGET stellar_tls)
    add_library(stellar_tls OBJECT ${STELLAR_TLS_SOURCES})
    target_include_directories(stellar_tls PUBLIC
        ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src/files
        ${CMAKE_CURRENT_LIST_DIR})
    target_compile_definitions(stellar_tls PRIVATE _GNU_SOURCE)
    target_link_libraries(stellar_tls PUBLIC bearssl::bearssl)
endif()
