# Writes OUT, a C file with every file of FILES as a string: `const rule_text embedded_rules[]`.
set(entries "")
set(body "/* Made from the rules of the filters. */\n#include \"model/rules.h\"\n\n")
foreach(file ${FILES})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x..,){20})" "\\1\n    " bytes "${bytes}")
  string(APPEND body "static const unsigned char rules_${name}[] = {\n    ${bytes} 0};\n\n")
  string(APPEND entries
         "    {\"${name}\", {(const char *)rules_${name}, sizeof rules_${name} - 1}},\n")
endforeach()
file(WRITE ${OUT} "${body}const rule_text embedded_rules[] = {\n${entries}    {0, {0, 0}},\n};\n")
