//===- CountsCopies.h - Copies that see the same ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_COSTMODEL_COUNTSCOPIES_H
#define OHAS_LIB_COSTMODEL_COUNTSCOPIES_H

#include "CountsNest.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include <vector>

namespace ohas::cost::counting {

/// Copies of a level that see the same of a dim, and one of them.
struct CopyClass {
  int64_t copies = 0;
  int64_t start = 0;       ///< of the copy
  int64_t parentStart = 0; ///< of the copy of `parent` that it is in
  llvm::SmallVector<std::pair<unsigned, int64_t>, 4> digits; ///< by loop
};

/// Copies see the same when the last index that their loops reach is as far
/// from their start.
std::vector<CopyClass> copyClasses(const Nest &nest, Dim dim, unsigned level,
                                   unsigned parent);

/// The copy at the given digits of the nest's loops.
CopyClass copyAt(const Nest &nest, Dim dim, unsigned level, unsigned parent,
                 llvm::ArrayRef<int64_t> digits);

/// Calls fn with the digits, by loop of the nest, of one copy of `level` of
/// each kind along `dims`, but for the kind of the first. Along other dims the
/// copies are at the start.
void forEachOtherKind(const Nest &nest, DimSet dims, unsigned level,
                      llvm::function_ref<void(llvm::ArrayRef<int64_t>)> fn);

} // namespace ohas::cost::counting

#endif // OHAS_LIB_COSTMODEL_COUNTSCOPIES_H
