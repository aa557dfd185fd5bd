//===- ohas-counts.cpp - Counts of nests written as JSON --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Tools/CountCases.h"
#include "llvm/Support/LineIterator.h"
#include "llvm/Support/MemoryBuffer.h"

static int fail(const llvm::Twine &where, const llvm::Twine &message) {
  llvm::outs().flush();
  llvm::errs() << "ohas-counts: " << where << ": " << message << '\n';
  return 1;
}

int main(int argc, char **argv) {
  bool map = argc == 3 && llvm::StringRef(argv[1]) == "--map";
  if (argc != 2 + map)
    return fail("usage", "ohas-counts [--map] CASES.jsonl");
  std::string name = argv[argc - 1];
  auto file = llvm::MemoryBuffer::getFileOrSTDIN(name);
  if (!file)
    return fail(name, file.getError().message());
  for (llvm::line_iterator i(**file); !i.is_at_eof(); ++i)
    if (auto error = (map ? ohas::mapCase : ohas::countCase)(*i, llvm::outs()))
      return fail(name + ":" + llvm::Twine(i.line_number()),
                  llvm::toString(std::move(error)));
}
