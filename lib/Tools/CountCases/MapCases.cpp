//===- MapCases.cpp - The fewest counts of nests written as JSON *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Everything that is counted costs 1 fJ: a step, an element that is read,
// filled, updated or converted. So energy is the sum of all counts.
//
//===----------------------------------------------------------------------===//

#include "Case.h"
#include "ohas/CostModel/Validity.h"
#include "ohas/Search/Mapper.h"
#include "ohas/Tools/CountCases.h"
#include "llvm/Support/JSON.h"

using namespace ohas;
using namespace ohas::cost;

/// The case's levels, as large as need be, any of which may loop over or spread
/// every dim. Memories keep what they do in the case.
static Accelerator countingAccelerator(const Case &c) {
  Accelerator accelerator = c.accelerator;
  accelerator.name = c.id;
  accelerator.bits = {1, 1, 1};
  accelerator.accumulatorBits = 1;
  for (auto [level, mapping] :
       llvm::zip(accelerator.levels, c.mapping.levels)) {
    level.clockGhz = 1;
    level.readFjPerBit = level.writeFjPerBit = 1;
    // Multiply-accumulates are as many in every mapping.
    level.energyFj = level.kind == LevelKind::Converter;
    level.canKeep = level.mustKeep = mapping.kept;
    level.temporalDims = level.spatialDims = everyDim;
  }
  // There is one copy of the outermost level: 1 fJ in every step.
  accelerator.levels.front().staticUw = 1;
  accelerator.levels.front().duty = Duty::PerStep;
  return accelerator;
}

llvm::Error ohas::mapCase(llvm::StringRef line, llvm::raw_ostream &os) {
  llvm::Expected<Case> read = readCase(line);
  if (!read)
    return read.takeError();
  Accelerator accelerator = countingAccelerator(*read);
  if (llvm::Error error =
          checkMapping(read->workload, accelerator, read->mapping))
    return error;
  search::MapperOptions options;
  options.objective = search::Objective::Energy;
  options.factors = search::Factors::Every;
  llvm::Expected<search::MapperResult> found =
      search::findMapping(read->workload, accelerator, options);
  if (!found)
    return found.takeError();
  QuickCost own =
      evaluateQuick(read->workload, accelerator, read->mapping,
                    count(read->workload, accelerator, read->mapping));
  llvm::json::OStream out(os);
  out.object([&] {
    out.attribute("id", read->id);
    out.attribute("counts", own.energyFj);
    out.attribute("fewest", found->cost.energyFj);
    out.attribute("proven", found->provenOptimal);
  });
  os << '\n';
  return llvm::Error::success();
}
