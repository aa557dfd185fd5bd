//===- MappingConversion.cpp - Mappings as attributes and as values -------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Analysis/AcceleratorAnalysis.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

FailureOr<cost::Mapping> ohas::toMapping(MappingAttr mapping,
                                         const cost::Accelerator &accelerator,
                                         EmitError emitError) {
  cost::Mapping result;
  result.levels.resize(accelerator.levels.size());
  for (LevelMappingAttr level : mapping.getLevels()) {
    std::optional<unsigned> place =
        accelerator.findLevel(level.getLevel().getValue());
    if (!place) {
      if (emitError)
        emitError() << "unknown level @" << level.getLevel().getValue()
                    << " of accelerator @" << accelerator.name;
      return failure();
    }
    result.levels[*place].kept = level.getKept();
    result.levels[*place].resident = level.getResident();
    llvm::append_range(result.levels[*place].loops, level.getLoops());
  }
  return result;
}

MappingAttr ohas::fromMapping(MLIRContext *context,
                              const cost::Mapping &mapping,
                              const cost::Accelerator &accelerator) {
  SmallVector<LevelMappingAttr> levels;
  for (auto [level, does] : llvm::zip(accelerator.levels, mapping.levels))
    if (!does.kept.empty() || !does.loops.empty())
      levels.push_back(LevelMappingAttr::get(
          context, StringAttr::get(context, level.name), does.kept,
          does.resident, ArrayRef<cost::Loop>(does.loops)));
  return MappingAttr::get(context,
                          FlatSymbolRefAttr::get(context, accelerator.name),
                          ArrayRef<LevelMappingAttr>(levels));
}
