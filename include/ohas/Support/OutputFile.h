//===- OutputFile.h - Files that are never half-written ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_SUPPORT_OUTPUTFILE_H
#define OHAS_SUPPORT_OUTPUTFILE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace ohas {

/// Writes all of `bytes` to a file beside `path` that then takes its place; a
/// failure leaves what was there. "-" is stdout; devices and pipes are written
/// in place. The error names the path and the reason.
llvm::Error writeOutputFile(llvm::StringRef path, llvm::StringRef bytes);

/// Fails as writeOutputFile would, as far as can be told before there is
/// anything to write, so that long work is not done for nothing.
llvm::Error checkOutputFile(llvm::StringRef path);

struct OutputFile {
  std::string path, bytes;
};

/// Files, none of them "-": all are written before the first takes its place,
/// so that an error before that leaves all of them as they were.
llvm::Error writeOutputFiles(llvm::ArrayRef<OutputFile> outputs);

} // namespace ohas

#endif // OHAS_SUPPORT_OUTPUTFILE_H
