# Puts what `stellard --help=man` prints in place of @OPTIONS@ in the manual page.
execute_process(COMMAND ${PROGRAM} --help=man
    OUTPUT_VARIABLE OPTIONS OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
configure_file(${TEMPLATE} ${MANUAL} @ONLY)
