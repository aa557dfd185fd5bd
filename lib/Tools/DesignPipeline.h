//===- DesignPipeline.h - A design through the pass pipeline ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DESIGNPIPELINE_H
#define OHAS_LIB_TOOLS_DESIGNPIPELINE_H

#include "ohas/Report/Report.h"
#include "ohas/Search/MapperMemo.h"
#include "ohas/Search/Outcome.h"
#include "ohas/Tools/Driver.h"
#include "llvm/Support/Error.h"

namespace ohas {

/// What the passes make of all networks on one design.
struct PipelineDesign {
  report::Report report; ///< from the passes' annotations
  std::vector<mlir::OwningOpRef<mlir::ModuleOp>> mapped;

  search::Totals totals() const;
};

/// Runs ohas-estimate on a copy of each network. Mappings that are `known` for
/// these options are not looked for again. The error names the design;
/// the reasons are diagnostics of the networks' context.
llvm::Expected<PipelineDesign>
runPipeline(llvm::ArrayRef<NamedNetwork> networks, llvm::StringRef accelerator,
            const search::MapperOptions &mapper, const cost::DesignPoint &point,
            std::shared_ptr<search::MapperMemo> known = nullptr);

/// An error that names the design unless the pipeline gives what the search
/// promised, to the last digit.
llvm::Error checkPromise(const cost::DesignPoint &point,
                         const search::Totals &promised,
                         const search::Totals &given);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DESIGNPIPELINE_H
