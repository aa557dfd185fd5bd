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
  /// The module's contractions are mapped; it is used up. Ranges will be wider
  /// than what calibrating sees by a share of it, `headroom`, but for those of
  /// constant weights. What is wrong is a diagnostic.
  static mlir::FailureOr<FiniteProgram>
  compile(mlir::ModuleOp module, const FinitePrecisionOptions &options,
          double headroom, MissingWeights missing, uint64_t seed);

  llvm::ArrayRef<Port> inputs() const { return program.inputs(); }
  llvm::ArrayRef<Port> outputs() const { return program.outputs(); }

  /// Runs with ideal converters, which is what is returned, and takes what
  /// passes each for its range; runs again where operands may be whole
  /// multiples of a step already, to see whether all are, and with noise, which
  /// ranges make room for.
  llvm::Expected<std::vector<HostTensor>>
  calibrate(llvm::ArrayRef<HostTensor> inputs);

  struct Result {
    std::vector<HostTensor> outputs;
    cost::NetworkPrecision precision; ///< its outputs against `ideal`
  };
  /// Runs on the calibrated ranges, with `bits` for each converter or, for 0,
  /// those of the accelerator.
  llvm::Expected<Result> run(llvm::ArrayRef<HostTensor> inputs,
                             llvm::ArrayRef<HostTensor> ideal,
                             unsigned bits = 0);

private:
  /// What the code keeps of a converter or contraction, and what it is.
  struct Converter {
    cost::ConverterPrecision what;
    int64_t layer = -1;
    double relativeSigma = 0;
    /// What calibrating saw; the grid is 0 for none.
    double least = 0, most = 0, grid = 0;
    double *state = nullptr;

    /// `ofRun`: of a run with so many bits for all; 0: its own.
    unsigned bits(unsigned ofRun) const {
      return what.bits && ofRun ? ofRun : what.bits;
    }
    cost::Resolution resolution(unsigned bits, double widening) const;
  };
  struct Layer {
    std::string name;
    double productsPerOutput = 0;
    bool hasConstantWeight = false;
    double largestProduct = 0; ///< of ranges that calibrating saw
    double *state = nullptr;
  };

  FiniteProgram(Program program, double headroom)
      : program(std::move(program)), headroom(headroom) {}
  void clear();
  /// " of layer 'name'", if it is of one.
  std::string placeOf(const Converter &converter) const;
  /// What the ranges of a tensor in a layer (-1: in none) are multiplied with.
  double widening(cost::Tensor tensor, int64_t layer) const;
  double sigma(const Converter &converter) const;
  llvm::Error noteRanges();
  void noteLargestProducts();
  llvm::Error findGrids(llvm::ArrayRef<HostTensor> inputs);
  llvm::Error makeRoomForNoise(llvm::ArrayRef<HostTensor> inputs);

  Program program;
  double headroom;
  std::vector<Converter> converters;
  std::vector<Layer> layers;
  uint64_t *numDrawn = nullptr; ///< random numbers; null for none
};

} // namespace ohas

#endif // OHAS_EXECUTION_FINITEPROGRAM_H
