//===- TablePool.h - Tables that are used again -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_TABLEPOOL_H
#define OHAS_LIB_SEARCH_TABLEPOOL_H

#include "TableMath.h"

namespace ohas::search {

/// Bounds take dozens of tables, of thousands of layouts one after the other:
/// their memory is kept.
class TablePool {
public:
  /// With any contents.
  Table take() {
    if (spare.empty())
      return {};
    Table table = std::move(spare.back());
    spare.pop_back();
    return table;
  }
  void giveBack(Table table) {
    if (table.capacity() > 0)
      spare.push_back(std::move(table));
  }

private:
  std::vector<Table> spare;
};

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_TABLEPOOL_H
