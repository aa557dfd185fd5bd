//===- OutputFile.cpp - Files that are never half-written -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Support/OutputFile.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

using namespace ohas;
namespace fs = llvm::sys::fs;

static llvm::Error failure(llvm::StringRef path, const std::string &reason) {
  std::string name = path == "-" ? "stdout" : "'" + path.str() + "'";
  return llvm::createStringError("cannot write " + name + ": " + reason);
}

/// A stream that still has an error when it is destroyed ends the program, so
/// the error is taken out of it. (llvm::writeToOutput leaves it there.)
static std::error_code finish(llvm::raw_fd_ostream &os) {
  os.flush();
  std::error_code code = os.error();
  os.clear_error();
  return code;
}

static std::error_code writeInPlace(llvm::raw_fd_ostream &os,
                                    llvm::StringRef bytes) {
  os << bytes;
  return finish(os);
}

/// A device or a pipe.
static bool isWrittenInPlace(llvm::StringRef path) {
  fs::file_status status;
  return !fs::status(path, status) && fs::exists(status) &&
         !fs::is_regular_file(status);
}

/// A temporary file beside `target`, which is what is to be replaced: what a
/// link points to, not the link.
static llvm::Expected<fs::TempFile>
openBeside(llvm::StringRef path, llvm::SmallVectorImpl<char> &target) {
  target.assign(path.begin(), path.end());
  if (fs::exists(path))
    if (std::error_code code = fs::real_path(path, target))
      return failure(path, code.message());
  llvm::Expected<fs::TempFile> file = fs::TempFile::create(
      llvm::StringRef(target.data(), target.size()) + ".%%%%%%%%.tmp");
  if (!file)
    return failure(path, llvm::toString(file.takeError()));
  return file;
}

llvm::Error ohas::checkOutputFile(llvm::StringRef path) {
  if (path == "-" || isWrittenInPlace(path))
    return llvm::Error::success();
  llvm::SmallString<128> target;
  llvm::Expected<fs::TempFile> file = openBeside(path, target);
  if (!file)
    return file.takeError();
  return file->discard();
}

/// The bytes in a file that is not at its place yet.
static llvm::Expected<fs::TempFile>
writeBeside(llvm::StringRef path, llvm::StringRef bytes,
            llvm::SmallVectorImpl<char> &target) {
  llvm::Expected<fs::TempFile> file = openBeside(path, target);
  if (!file)
    return file.takeError();
  std::error_code code;
  {
    llvm::raw_fd_ostream os(file->FD, /*shouldClose=*/false);
    code = writeInPlace(os, bytes);
  }
  if (code) {
    llvm::consumeError(file->discard());
    return failure(path, code.message());
  }
  return file;
}

llvm::Error ohas::writeOutputFile(llvm::StringRef path, llvm::StringRef bytes) {
  if (path == "-") {
    std::error_code code = writeInPlace(llvm::outs(), bytes);
    return code ? failure(path, code.message()) : llvm::Error::success();
  }
  if (isWrittenInPlace(path)) {
    std::error_code code;
    llvm::raw_fd_ostream os(path, code);
    if (!code)
      code = writeInPlace(os, bytes);
    return code ? failure(path, code.message()) : llvm::Error::success();
  }
  llvm::SmallString<128> target;
  llvm::Expected<fs::TempFile> file = writeBeside(path, bytes, target);
  if (!file)
    return file.takeError();
  if (llvm::Error problem = file->keep(target))
    return failure(path, llvm::toString(std::move(problem)));
  return llvm::Error::success();
}

llvm::Error ohas::writeOutputFiles(llvm::ArrayRef<OutputFile> outputs) {
  std::vector<fs::TempFile> files;
  std::vector<llvm::SmallString<128>> targets(outputs.size());
  llvm::Error problem = llvm::Error::success();
  for (auto [output, target] : llvm::zip(outputs, targets)) {
    llvm::Expected<fs::TempFile> file =
        writeBeside(output.path, output.bytes, target);
    if (!file) {
      problem = llvm::joinErrors(std::move(problem), file.takeError());
      break;
    }
    files.push_back(std::move(*file));
  }
  bool isWhole = files.size() == outputs.size();
  for (size_t i = 0; i < files.size(); ++i) {
    llvm::Error left = isWhole ? files[i].keep(targets[i]) : files[i].discard();
    if (!left)
      continue;
    if (!isWhole) {
      llvm::consumeError(std::move(left));
      continue;
    }
    isWhole = false;
    problem = llvm::joinErrors(
        std::move(problem),
        failure(outputs[i].path, llvm::toString(std::move(left))));
  }
  return problem;
}
