//===- LoopBounds.h - The bounds that a loop may have -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_LOOPBOUNDS_H
#define OHAS_LIB_SEARCH_LOOPBOUNDS_H

#include "ohas/Search/Mapper.h"
#include "llvm/ADT/SmallVector.h"

namespace ohas::search {

/// The bounds, ascending, that a temporal loop may have where `trips` are left
/// by the loops inside it: see Factors.
llvm::SmallVector<int64_t, 32> loopBounds(int64_t trips, Factors factors);

/// The same of a spatial loop with at most `limit` copies. Spatial bounds need
/// never divide.
llvm::SmallVector<int64_t, 32> spreadBounds(int64_t trips, int64_t limit,
                                            Factors factors);

} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_LOOPBOUNDS_H
