//===- NpyTest.cpp - NumPy's files ----------------------------------------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Support/HostTensor.h"
#include "gtest/gtest.h"

using namespace ohas;

namespace {
HostTensor tensorOf(llvm::StringRef element, llvm::ArrayRef<int64_t> shape) {
  HostTensor tensor;
  tensor.element = element.str();
  tensor.shape.assign(shape.begin(), shape.end());
  tensor.bytes.resize(tensor.numElements() * elementBytes(element));
  return tensor;
}

std::string errorOf(llvm::StringRef bytes) {
  auto tensor = readNpy(bytes);
  return tensor ? "none" : llvm::toString(tensor.takeError());
}

/// A file of version 1 with this header and no data.
std::string withHeader(llvm::StringRef header) {
  std::string bytes = std::string("\x93NUMPY\1\0", 8);
  bytes += static_cast<char>(header.size());
  bytes += '\0';
  return bytes + header.str();
}

TEST(NpyTest, ReadsWhatItWrites) {
  for (llvm::StringRef element : {"f32", "f64", "f16", "i8", "ui8", "i16",
                                  "ui16", "i32", "ui32", "i64", "ui64", "i1"})
    for (const std::vector<int64_t> &shape :
         std::vector<std::vector<int64_t>>{{}, {3}, {2, 3}, {2, 0}}) {
      HostTensor tensor = tensorOf(element, shape);
      for (int64_t i = 0; i < tensor.numElements(); ++i)
        tensor.set(i, element == "i1" ? i % 2 : i);
      std::string bytes = writeNpy(tensor);
      EXPECT_EQ((bytes.size() - tensor.bytes.size()) % 64, 0u);
      auto again = readNpy(bytes);
      ASSERT_TRUE(static_cast<bool>(again));
      EXPECT_EQ(again->typeName(), tensor.typeName());
      EXPECT_EQ(again->bytes, tensor.bytes);
    }
}

TEST(NpyTest, NarrowIntegersTakeAByte) {
  HostTensor tensor = tensorOf("i4", {2});
  tensor.bytes = {7, 8}; // the bits above are nobody's
  EXPECT_EQ(tensor.at(1), -8);
  auto again = readNpy(writeNpy(tensor));
  ASSERT_TRUE(static_cast<bool>(again));
  EXPECT_EQ(again->typeName(), "2xi8");
  EXPECT_EQ(again->at(0), 7);
  EXPECT_EQ(again->at(1), -8);
}

TEST(NpyTest, SaysWhatIsWrong) {
  EXPECT_EQ(errorOf("no such file at all"), "is no .npy file");
  EXPECT_EQ(errorOf(std::string("\x93NUMPY\7\0\0\0\0\0", 12)),
            "is of version 7 of .npy");
  EXPECT_EQ(errorOf(std::string("\x93NUMPY\1\0\377\0{}", 12)),
            "ends in its header");
  EXPECT_EQ(errorOf(withHeader("{'descr': '<f4', 'fortran_order': True, }")),
            "is in Fortran order; save numpy.ascontiguousarray of it");
  EXPECT_EQ(errorOf(withHeader("{'descr': '<c8', 'shape': (1,), }")),
            "has elements of type <c8, which is none of ours");
  EXPECT_EQ(errorOf(withHeader("{'descr': '<f4', }")), "has no shape");
  EXPECT_EQ(errorOf(withHeader("{'descr': '<f4', 'shape': (-1,), }")),
            "has a malformed shape");
  EXPECT_EQ(errorOf(withHeader("{'descr': '<f4', 'shape': (2,), }")),
            "has 0 bytes of data where 2xf32 takes 8");
}
} // namespace
