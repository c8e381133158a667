foreach(subject json params number)
    add_executable(parser_${subject}_test ${subject}_test.c)
    target_include_directories(parser_${subject}_test PRIVATE
        ${PROJECT_SOURCE_DIR}/src/parser)
    target_link_libraries(parser_${subject}_test PRIVATE stellar_parser PkgConfig::CMOCKA)
    add_test(NAME parser_${subject} COMMAND parser_${subject}_test)
endforeach()
