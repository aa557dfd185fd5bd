# How OHAS declares its libraries and tools.
#
# LLVM's own add_mlir_library is not used: it drags MLIR's static component
# libraries in beside libMLIR.so (a second MLIR in one process). A library of
# ours is a plain static library; whoever makes a binary of it links the shared
# MLIR and LLVM once.

set(OHAS_COMPILE_OPTIONS -Wall -Wextra -Wno-unused-parameter -fno-exceptions)
if(OHAS_SANITIZE)
  # A finding ends the program, so that a test fails.
  list(APPEND OHAS_COMPILE_OPTIONS -fsanitize=address,undefined -fno-sanitize=vptr
       -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined -fno-sanitize=vptr)
endif()
if(OHAS_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "OHAS_FUZZ needs clang for libFuzzer, but the compiler is "
                        "${CMAKE_CXX_COMPILER_ID}; set CMAKE_CXX_COMPILER=clang++-22")
  endif()
  # All of it counts coverage; a finding ends the run.
  set(OHAS_FUZZ_OPTIONS -fsanitize=address,undefined -fno-sanitize=vptr
      -fno-sanitize-recover=all)
  list(APPEND OHAS_COMPILE_OPTIONS -fsanitize=fuzzer-no-link ${OHAS_FUZZ_OPTIONS}
       -fno-omit-frame-pointer)
  add_link_options(${OHAS_FUZZ_OPTIONS})
endif()

# ccache sees through precompiled headers only with these.
find_program(OHAS_CCACHE ccache)
if(OHAS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros
      # Checkouts in other folders share what they compile alike.
      CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 "${OHAS_CCACHE}")
  list(APPEND OHAS_COMPILE_OPTIONS $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fpch-preprocess>)
endif()

# Two precompiled headers serve the whole tree: parsing MLIR's headers is most
# of a file's compile time (about 20 s without, 3 s with).
# ohas_pch_mlir: files that include MLIR. ohas_pch_core: pure C++ on llvm/ADT.
function(ohas_declare_pch name)
  set(stub "${PROJECT_BINARY_DIR}/${name}.cpp")
  file(GENERATE OUTPUT "${stub}" CONTENT "// Carrier of the precompiled header.\n")
  add_library(${name} STATIC "${stub}")
  target_compile_options(${name} PRIVATE ${OHAS_COMPILE_OPTIONS})
  target_link_libraries(${name} PRIVATE fmt::fmt) # its definitions must match
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()

ohas_declare_pch(ohas_pch_core
  <llvm/ADT/SmallVector.h> <llvm/ADT/StringMap.h> <llvm/ADT/StringRef.h>
  <llvm/Support/Error.h> <llvm/Support/JSON.h> <llvm/Support/raw_ostream.h>
  <fmt/format.h> <array> <cmath> <cstdint> <functional> <map> <memory>
  <optional> <string> <vector>)
ohas_declare_pch(ohas_pch_mlir
  <mlir/Dialect/Arith/IR/Arith.h> <mlir/Dialect/Func/IR/FuncOps.h>
  <mlir/Dialect/SCF/IR/SCF.h> <mlir/Dialect/Tensor/IR/Tensor.h>
  <mlir/IR/Builders.h> <mlir/IR/BuiltinOps.h> <mlir/IR/DialectImplementation.h>
  <mlir/IR/OpImplementation.h> <mlir/IR/PatternMatch.h> <mlir/IR/SymbolTable.h>
  <mlir/Pass/Pass.h> <mlir/Pass/PassManager.h> <llvm/ADT/StringMap.h>
  <llvm/ADT/TypeSwitch.h> <llvm/Support/JSON.h> <fmt/format.h>)

# add_ohas_library(Name [PURE | NO_PCH] SOURCES... [LINK_LIBS ...] [DEPENDS ...])
# PURE: no MLIR (llvm/ADT and llvm/Support only). NO_PCH: a file set with
# compile options of its own (exceptions), which no shared header fits.
function(add_ohas_library name)
  cmake_parse_arguments(ARG "PURE;NO_PCH" "" "LINK_LIBS;DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_UNPARSED_ARGUMENTS})
  add_library(OHAS::${name} ALIAS ${name})
  target_compile_options(${name} PRIVATE ${OHAS_COMPILE_OPTIONS})
  target_link_libraries(${name} PUBLIC fmt::fmt ${ARG_LINK_LIBS})
  if(ARG_DEPENDS)
    add_dependencies(${name} ${ARG_DEPENDS})
  endif()
  if(ARG_PURE)
    target_precompile_headers(${name} REUSE_FROM ohas_pch_core)
  elseif(NOT ARG_NO_PCH)
    # The generated headers of the dialect and the passes come first.
    add_dependencies(${name} ohas-headers)
    target_precompile_headers(${name} REUSE_FROM ohas_pch_mlir)
  else()
    add_dependencies(${name} ohas-headers)
  endif()
endfunction()

# add_ohas_tool(name [PURE] SOURCES... LINK_LIBS ...): an executable on the
# shared MLIR; or, if PURE, on LLVM alone.
function(add_ohas_tool name)
  cmake_parse_arguments(ARG "PURE" "" "LINK_LIBS" ${ARGN})
  add_executable(${name} ${ARG_UNPARSED_ARGUMENTS})
  target_compile_options(${name} PRIVATE ${OHAS_COMPILE_OPTIONS})
  target_link_libraries(${name} PRIVATE ${ARG_LINK_LIBS})
  if(NOT ARG_PURE)
    add_dependencies(${name} ohas-headers)
    target_link_libraries(${name} PRIVATE MLIR)
  endif()
  target_link_libraries(${name} PRIVATE LLVM)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endfunction()

# add_ohas_fuzzer(name SOURCES... LINK_LIBS ...): a target of libFuzzer, which
# brings main.
function(add_ohas_fuzzer name)
  add_ohas_tool(${name} ${ARGN})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endfunction()

# All headers that TableGen writes.
add_custom_target(ohas-headers)
