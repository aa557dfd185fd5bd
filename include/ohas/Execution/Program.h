//===- Program.h - A network that runs on the CPU ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_EXECUTION_PROGRAM_H
#define OHAS_EXECUTION_PROGRAM_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Support/LogicalResult.h"
#include "ohas/Support/HostTensor.h"
#include <memory>

namespace mlir {
class ExecutionEngine;
} // namespace mlir

namespace ohas {

/// What becomes of weights that have no values.
enum class MissingWeights { Error, Random };

/// An input or output of the network.
struct Port {
  std::string name;
  HostTensor type; ///< without elements
};

/// The elements of a weight: those of a resource, which its context owns, or
/// `made`.
struct Weight {
  std::vector<char> made;
  llvm::ArrayRef<char> bytes;
};

/// A module's only function, compiled. Weights are arguments of the code, not
/// constants in it, so that its size does not depend on theirs.
class Program {
public:
  /// Lowers and compiles the module, which is used up; its context has to
  /// outlive the program, which reads weights where they are. What is wrong is
  /// a diagnostic.
  static mlir::FailureOr<Program>
  compile(mlir::ModuleOp module, MissingWeights missing, uint64_t seed);
  Program(Program &&);
  Program &operator=(Program &&);
  ~Program();

  llvm::ArrayRef<Port> inputs() const { return inputPorts; }
  llvm::ArrayRef<Port> outputs() const { return outputPorts; }

  /// Inputs have the types that `inputs` says, in its order.
  llvm::Expected<std::vector<HostTensor>>
  run(llvm::ArrayRef<HostTensor> inputs);

  /// The memory of a `memref.global` of the module that is not private.
  llvm::Expected<void *> lookup(llvm::StringRef global);

private:
  Program();
  std::unique_ptr<mlir::ExecutionEngine> engine;
  void (*entry)(void **) = nullptr; ///< of the engine's code
  std::vector<Port> inputPorts, outputPorts;
  std::vector<Weight> weights;
};

/// Notes on weights what random values for them depend on, for passes that take
/// contractions apart.
void recordFanIns(mlir::ModuleOp module);

/// The inputs and outputs of a module's function, before it is lowered. Fails,
/// with a diagnostic, where one is no tensor of numbers of a fixed shape.
mlir::FailureOr<std::pair<std::vector<Port>, std::vector<Port>>>
portsOf(mlir::ModuleOp module);

} // namespace ohas

#endif // OHAS_EXECUTION_PROGRAM_H
