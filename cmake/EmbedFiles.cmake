# Writes OUTPUT, a C++ fragment with the bytes of FILES (separated by commas) as
# arrays and a table of them, for lib/Accelerators.
# cmake -DOUTPUT=... -DFILES=a.mlir,b.mlir -P EmbedFiles.cmake

string(REPLACE "," ";" FILES "${FILES}")
set(text "")
foreach(file ${FILES})
  get_filename_component(name "${file}" NAME_WE)
  string(MAKE_C_IDENTIFIER "${name}" identifier)
  file(READ "${file}" bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  string(APPEND text "static const unsigned char ${identifier}[] = {${bytes}0};\n")
  string(APPEND table "    shipped(\"${name}\", ${identifier}),\n")
endforeach()
string(APPEND text "static llvm::ArrayRef<ohas::ShippedAccelerator> embedded() {\n"
       "  static const ohas::ShippedAccelerator table[] = {\n${table}  };\n"
       "  return table;\n}\n")
file(WRITE "${OUTPUT}" "${text}")
