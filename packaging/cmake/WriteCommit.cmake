# cmake -DSOURCE=… -DHEADER=… -P: writes the commit that is built into a header, which only changes when the commit does.
# Without git (a source archive), KINORA_COMMIT of the environment or "unknown".
execute_process(COMMAND git -C ${SOURCE} rev-parse --short=12 HEAD OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
if(failed)
  set(commit "$ENV{KINORA_COMMIT}")
endif()
if(NOT commit)
  set(commit unknown)
endif()
file(CONFIGURE OUTPUT ${HEADER} CONTENT "#pragma once\n#define KINORA_COMMIT \"${commit}\"\n")
