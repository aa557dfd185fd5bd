//===- WireScanTest.cpp - A model's bytes without its weights ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "WireScan.h"
#include "llvm/Support/LEB128.h"
#include "llvm/Support/raw_ostream.h"
#include <gtest/gtest.h>

using namespace ohas::onnx;

/// A length-delimited field.
static std::string field(unsigned number, llvm::StringRef payload) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  llvm::encodeULEB128(number << 3 | 2, os);
  llvm::encodeULEB128(payload.size(), os);
  os << payload;
  return bytes;
}

/// A model whose only initializer has these fields.
static std::string modelWith(llvm::StringRef tensor) {
  return field(7, field(5, tensor));
}

static std::string errorOf(llvm::StringRef bytes) {
  auto stripped = stripBulk(bytes);
  return stripped ? "" : llvm::toString(stripped.takeError());
}

TEST(WireScan, SmallTensorsStay) {
  auto stripped = stripBulk(modelWith(field(9, "1234")));
  ASSERT_TRUE(bool(stripped));
  EXPECT_FALSE(stripped->has_value());
}

TEST(WireScan, BulkBecomesASegmentOfTheFile) {
  std::string raw(bulkBytes, 'w');
  std::string model = modelWith(field(8, "name") + field(9, raw));
  auto stripped = stripBulk(model);
  ASSERT_TRUE(bool(stripped) && stripped->has_value());
  // segment {begin, end} of the payload: fields 1 and 2.
  std::string segment;
  llvm::raw_string_ostream os(segment);
  os << '\x08';
  llvm::encodeULEB128(model.find(raw), os);
  os << '\x10';
  llvm::encodeULEB128(model.find(raw) + raw.size(), os);
  EXPECT_EQ(**stripped, modelWith(field(8, "name") + field(3, segment)));
}

TEST(WireScan, DataThatIsThereTwiceStaysForTheReader) {
  std::string raw(bulkBytes, 'w');
  auto stripped = stripBulk(modelWith(field(9, raw) + field(4, raw)));
  ASSERT_TRUE(bool(stripped));
  EXPECT_FALSE(stripped->has_value());
}

TEST(WireScan, MalformedBytesAreRefused) {
  EXPECT_EQ(errorOf(llvm::StringRef("\x3a\x7f", 2)),
            "is no valid ONNX model: byte 0: the file is truncated (a field of "
            "127 bytes where 0 are left)");
  EXPECT_EQ(errorOf(llvm::StringRef("\0\0", 2)),
            "is no valid ONNX model: byte 0: no ONNX field is numbered 0");
  EXPECT_EQ(errorOf("\x0b"),
            "is no valid ONNX model: byte 0: wire type 3 is not used by ONNX");
  EXPECT_EQ(errorOf("\x08"),
            "is no valid ONNX model: byte 1: the file is truncated");
  EXPECT_EQ(errorOf("\x08" + std::string(20, '\x80')),
            "is no valid ONNX model: byte 1: malformed number");
  EXPECT_EQ(errorOf(modelWith(field(3, "ab"))),
            "is no valid ONNX model: byte 4: tensors in segments are not "
            "supported");
}

TEST(WireScan, NestingIsBounded) {
  // Graphs in attributes of nodes in graphs.
  std::string graph;
  for (unsigned i = 0; i < maxNesting; ++i)
    graph = field(1, field(5, field(6, graph)));
  EXPECT_NE(errorOf(field(7, graph)).find("nested more than 100 deep"),
            std::string::npos);
}
