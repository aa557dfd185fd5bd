//===- FiniteProgram.h - A network on converters of few bits ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_EXECUTION_FINITEPROGRAM_H
#define OHAS_EXECUTION_FINITEPROGRAM_H

#include "ohas/CostModel/Precision.h"
#include "ohas/Execution/Program.h"
#include "ohas/Transforms/Passes.h"

namespace ohas {

/// A network whose contractions run as their mappings say, on converters of
/// finite resolution.
class FiniteProgram {
public:
  /// The module's contractions are mapped; it is used up. What is wrong is a
  /// diagnostic.
  static mlir::FailureOr<FiniteProgram>
  compile(mlir::ModuleOp module, const FinitePrecisionOptions &options,
          MissingWeights missing, uint64_t seed);

  llvm::ArrayRef<Port> inputs() const { return program.inputs(); }
  llvm::ArrayRef<Port> outputs() const { return program.outputs(); }

  /// Runs with ideal converters, and widens each converter's range to what
  /// passed it.
  llvm::Expected<std::vector<HostTensor>>
  calibrate(llvm::ArrayRef<HostTensor> inputs);

  /// Calibration begins again.
  void forgetRanges();

  struct Result {
    std::vector<HostTensor> outputs;
    cost::NetworkPrecision precision; ///< its outputs against `ideal`
  };
  /// Runs with ranges that are wider than the calibrated ones by a share of
  /// them, with `bits` for each converter or, for 0, those of the accelerator.
  llvm::Expected<Result> run(llvm::ArrayRef<HostTensor> inputs,
                             llvm::ArrayRef<HostTensor> ideal, double headroom,
                             unsigned bits = 0);

private:
  /// What the code keeps of a converter or contraction, and what it is.
  struct Converter {
    cost::ConverterPrecision what;
    int64_t layer = -1;
    double relativeSigma = 0;
    double least = 0, most = 0; ///< calibrated
    double *state = nullptr;
  };
  struct Layer {
    std::string name;
    double productsPerOutput = 0;
    double *state = nullptr;
  };

  explicit FiniteProgram(Program program) : program(std::move(program)) {}
  void clear();

  Program program;
  std::vector<Converter> converters;
  std::vector<Layer> layers;
  uint64_t *numDrawn = nullptr; ///< random numbers; null for none
};

} // namespace ohas

#endif // OHAS_EXECUTION_FINITEPROGRAM_H
