//===- BuiltAccelerators.h - Each accelerator built once --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_ANALYSIS_BUILTACCELERATORS_H
#define OHAS_ANALYSIS_BUILTACCELERATORS_H

#include "ohas/CostModel/Accelerator.h"
#include "ohas/Optical/Optical.h"
#include <memory>

namespace ohas {

/// The accelerators of a module at their design points, for a pass that meets
/// them at many operations. They must not change meanwhile.
class BuiltAccelerators {
public:
  /// Null with a diagnostic at the operation (see buildAccelerator), each time.
  const cost::Accelerator *get(optical::AcceleratorOp op);
  void clear() { known.clear(); }

private:
  llvm::DenseMap<mlir::Operation *, std::shared_ptr<cost::Accelerator>> known;
};

} // namespace ohas

#endif // OHAS_ANALYSIS_BUILTACCELERATORS_H
