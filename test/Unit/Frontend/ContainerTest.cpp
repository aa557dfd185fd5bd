//===- ContainerTest.cpp - What kind of file this is ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Container.h"
#include <gtest/gtest.h>

using namespace ohas::onnx;
using llvm::StringRef;

TEST(Container, BinaryModelsAreNothingElse) {
  EXPECT_EQ(foreignFormat(StringRef("\x08\x08\x12\x03"
                                    "abc",
                                    7)),
            "");
}

TEST(Container, ForeignFormatsAreNamed) {
  EXPECT_TRUE(foreignFormat(StringRef("PK\3\4xxxx", 8)).contains("zip"));
  EXPECT_TRUE(foreignFormat("\x89HDF\r\n\x1a\n").contains("HDF5"));
  EXPECT_TRUE(foreignFormat("xxxxTFL3xxxx").contains("TensorFlow Lite"));
  EXPECT_TRUE(foreignFormat("GGUFxxxx").contains("GGUF"));
  EXPECT_TRUE(foreignFormat("  {\"a\": 1}").contains("JSON"));
  EXPECT_TRUE(foreignFormat("<!DOCTYPE html>").contains("web page"));
  EXPECT_TRUE(
      foreignFormat("version https://git-lfs.github.com").contains("LFS"));
  EXPECT_TRUE(foreignFormat(StringRef("\x02\0\0\0\0\0\0\0{}", 10))
                  .contains("safetensors"));
}

TEST(Container, TextModelsBeginWithTheirVersions) {
  EXPECT_TRUE(looksLikeTextModel("# a comment\n<ir_version: 8>"));
  EXPECT_TRUE(looksLikeTextModel("<\n  opset_import: [\"\" : 17]>"));
  EXPECT_FALSE(looksLikeTextModel("module {}"));
  EXPECT_FALSE(looksLikeTextModel("# only a comment"));
  EXPECT_FALSE(looksLikeTextModel(""));
}
