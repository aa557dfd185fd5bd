//===- ShippedAcceleratorsTest.cpp ------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Accelerators/Accelerators.h"
#include "llvm/ADT/STLExtras.h"
#include "gtest/gtest.h"

using namespace ohas;

TEST(ShippedAccelerators, AreSortedAndWhole) {
  llvm::ArrayRef<ShippedAccelerator> shipped = shippedAccelerators();
  EXPECT_GE(shipped.size(), 2u);
  EXPECT_TRUE(llvm::is_sorted(
      shipped, [](const ShippedAccelerator &a, const ShippedAccelerator &b) {
        return a.name < b.name;
      }));
  for (const ShippedAccelerator &accelerator : shipped) {
    llvm::StringRef text = accelerator.text;
    EXPECT_TRUE(text.starts_with("// "));
    EXPECT_TRUE(text.ends_with("}\n"));
    EXPECT_EQ(*text.end(), '\0');
    std::string name = accelerator.name.str();
    EXPECT_TRUE(text.contains("optical.accelerator @" + name + " ") ||
                text.contains("optical.accelerator @\"" + name + "\" "))
        << name;
  }
}
