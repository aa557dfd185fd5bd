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
  if (argc != 2)
    return fail("usage", "ohas-counts CASES.jsonl");
  auto file = llvm::MemoryBuffer::getFileOrSTDIN(argv[1]);
  if (!file)
    return fail(argv[1], file.getError().message());
  for (llvm::line_iterator line(**file); !line.is_at_eof(); ++line)
    if (llvm::Error error = ohas::countCase(*line, llvm::outs()))
      return fail(llvm::Twine(argv[1]) + ":" + llvm::Twine(line.line_number()),
                  llvm::toString(std::move(error)));
  return 0;
}
