# resources/translations/*.ts become .qm files inside the program. Nothing but lrelease is needed, and no network; new words
# come into the .ts files by "ninja translations" (lupdate).
find_program(KINORA_LRELEASE NAMES lrelease lrelease-qt6 HINTS /usr/lib/qt6/bin /usr/lib64/qt6/bin)
find_program(KINORA_LUPDATE NAMES lupdate lupdate-qt6 HINTS /usr/lib/qt6/bin /usr/lib64/qt6/bin)
if(NOT KINORA_LRELEASE)
  message(FATAL_ERROR "lrelease of Qt 6 is missing, which makes the translations; on Debian: apt-get install qt6-l10n-tools")
endif()

# kinora_add_translations(TARGET LANGUAGE…): the English texts are in the sources; its .ts has only plural forms.
function(kinora_add_translations target)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/translations)
  set(texts "")
  set(made "")
  set(entries "")
  foreach(language IN LISTS ARGN)
    set(text ${CMAKE_SOURCE_DIR}/resources/translations/kinora_${language}.ts)
    set(file ${folder}/kinora_${language}.qm)
    add_custom_command(OUTPUT ${file} COMMAND ${KINORA_LRELEASE} -silent ${text} -qm ${file} DEPENDS ${text} VERBATIM)
    list(APPEND texts ${text})
    list(APPEND made ${file})
    string(APPEND entries "<file>kinora_${language}.qm</file>")
  endforeach()
  file(MAKE_DIRECTORY ${folder})
  file(CONFIGURE OUTPUT ${folder}/translations.qrc
    CONTENT "<RCC><qresource prefix=\"/kinora/translations\">${entries}</qresource></RCC>\n")
  set(source ${folder}/qrc_translations.cpp)
  add_custom_command(OUTPUT ${source} COMMAND Qt6::rcc --name translations --output ${source} ${folder}/translations.qrc
    DEPENDS ${made} ${folder}/translations.qrc VERBATIM)
  set_source_files_properties(${source} PROPERTIES SKIP_AUTOGEN ON SKIP_PRECOMPILE_HEADERS ON)
  target_sources(${target} PRIVATE ${source})
  if(KINORA_LUPDATE)
    set(english ${CMAKE_SOURCE_DIR}/resources/translations/kinora_en.ts)
    set(others ${texts})
    list(REMOVE_ITEM others ${english})
    set(sources ${CMAKE_SOURCE_DIR}/ui ${CMAKE_SOURCE_DIR}/app/studio)
    add_custom_target(translations
      COMMAND ${KINORA_LUPDATE} -silent -locations none -no-obsolete ${sources} -ts ${others}
      COMMAND ${KINORA_LUPDATE} -silent -locations none -no-obsolete -pluralonly ${sources} -ts ${english} VERBATIM)
  endif()
endfunction()
