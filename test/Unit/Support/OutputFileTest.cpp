//===- OutputFileTest.cpp - Files that are whole or as they were ----------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Support/OutputFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "gtest/gtest.h"

using namespace ohas;
namespace fs = llvm::sys::fs;

namespace {
std::string contents(const std::string &path) {
  auto buffer = llvm::MemoryBuffer::getFile(path);
  return buffer ? (*buffer)->getBuffer().str() : "none";
}

TEST(OutputFileTest, WritesAllOrNone) {
  llvm::SmallString<128> folder;
  ASSERT_FALSE(fs::createUniqueDirectory("ohas-outputs", folder));
  std::string first = (folder + "/first").str();
  std::string second = (folder + "/none/second").str();
  EXPECT_FALSE(static_cast<bool>(writeOutputFiles({{first, "old"}})));
  llvm::Error error = writeOutputFiles({{first, "new"}, {second, "new"}});
  ASSERT_TRUE(static_cast<bool>(error));
  EXPECT_EQ(llvm::toString(std::move(error)),
            "cannot write '" + second + "': No such file or directory");
  EXPECT_EQ(contents(first), "old");
  // Nothing is left of what was begun.
  std::error_code code;
  unsigned numFiles = 0;
  for (fs::directory_iterator it(folder, code), end; it != end;
       it.increment(code))
    ++numFiles;
  EXPECT_EQ(numFiles, 1u);
  fs::remove_directories(folder);
}
} // namespace
