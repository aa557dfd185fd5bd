//===- Activations.cpp - What lives from one operation to another ---------===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Activations.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"

using namespace mlir;
using namespace ohas;
using cost::Tensor;

namespace {
class ActivationBuilder {
public:
  ActivationBuilder(const llvm::DenseMap<Operation *, size_t> &stepOf,
                    NetworkAnalysis &analysis)
      : stepOf(stepOf), work(analysis.work) {}

  void visit(Operation &op);
  void finish();

private:
  using Id = std::optional<size_t>;

  void visitContraction(Operation &op);
  void visitElectronic(optical::ElectronicOp op);
  Id read(Value value);
  Id make(Value value);
  bool share(Value result, Value with);
  void escape(Value value);
  void watchUses(Value value);

  const llvm::DenseMap<Operation *, size_t> &stepOf;
  search::NetworkWork &work;
  size_t step = 0; ///< of the operation that is visited
  llvm::DenseMap<Value, size_t> ids;
  /// The values that hold the whole of an activation, by activation.
  llvm::DenseMap<size_t, Value> holders;
  llvm::DenseSet<size_t> escaped;
};
} // namespace

static std::optional<int64_t> elementsOf(Value value) {
  auto type = dyn_cast<RankedTensorType>(value.getType());
  if (!type || !type.hasStaticShape())
    return std::nullopt;
  return type.getNumElements();
}

void ActivationBuilder::escape(Value value) {
  if (auto found = ids.find(value); found != ids.end())
    escaped.insert(found->second);
}

/// A use in a loop or a branch is none that comes once and in a row.
void ActivationBuilder::watchUses(Value value) {
  for (Operation *user : value.getUsers())
    if (user->getBlock() != value.getParentBlock())
      return escape(value);
}

/// The present step reads it.
ActivationBuilder::Id ActivationBuilder::read(Value value) {
  auto found = ids.find(value);
  if (found == ids.end())
    return std::nullopt;
  work.activations[found->second].last = step;
  return found->second;
}

/// The present step makes it.
ActivationBuilder::Id ActivationBuilder::make(Value value) {
  std::optional<int64_t> elements = elementsOf(value);
  if (!elements)
    return std::nullopt;
  size_t id = work.activations.size();
  work.activations.push_back({*elements, step, step});
  ids[value] = id;
  holders[id] = value;
  watchUses(value);
  return id;
}

bool ActivationBuilder::share(Value result, Value with) {
  auto found = ids.find(with);
  std::optional<int64_t> elements = elementsOf(result);
  if (found == ids.end() || !elements ||
      *elements > work.activations[found->second].elements)
    return false;
  size_t id = found->second;
  ids[result] = id;
  watchUses(result);
  return true;
}

/// The operands of a contraction: the weight, and the other one.
static std::pair<Value, Value> weightAndInput(Operation &op) {
  auto matmul = dyn_cast<optical::MatmulOp>(op);
  bool weightFirst = matmul && matmul.isWeightLeft();
  return {op.getOperand(weightFirst ? 0 : 1),
          op.getOperand(weightFirst ? 1 : 0)};
}

void ActivationBuilder::visitContraction(Operation &op) {
  auto [weight, input] = weightAndInput(op);
  auto at = [&](Tensor tensor) -> Id & {
    return work.steps[step].activations[cost::index(tensor)];
  };
  at(Tensor::Input) = read(input);
  // Constants are there already: see addWeights.
  if (!at(Tensor::Weight))
    at(Tensor::Weight) = read(weight);
  at(Tensor::Output) = make(op.getResult(0));
}

/// Elements that are done one by one can take the place of their operands.
static bool isInPlace(optical::OperationClass operationClass) {
  using optical::OperationClass;
  return operationClass == OperationClass::Elementwise ||
         operationClass == OperationClass::Activation ||
         operationClass == OperationClass::Quantization;
}

void ActivationBuilder::visitElectronic(optical::ElectronicOp op) {
  // What follows from constants alone is made before any inference.
  if (op->getNumResults() > 0 && optical::isConstantValue(op->getResult(0)))
    return;
  for (Value operand : op->getOperands())
    read(operand);
  if (op->getNumResults() == 1 && op->getNumOperands() > 0) {
    Value result = op->getResult(0);
    bool isView = op.getOperationClass() == optical::OperationClass::Shape;
    for (Value operand : op->getOperands()) {
      auto found = ids.find(operand);
      if (found == ids.end())
        continue;
      size_t id = found->second;
      bool inPlace = isInPlace(op.getOperationClass()) &&
                     holders[id] == operand && operand.hasOneUse() &&
                     elementsOf(result) == elementsOf(operand);
      if ((isView || inPlace) && share(result, operand)) {
        if (inPlace)
          holders[id] = result;
        return;
      }
    }
  }
  for (Value result : op->getResults())
    make(result);
}

void ActivationBuilder::visit(Operation &op) {
  if (auto found = stepOf.find(&op); found != stepOf.end()) {
    step = found->second;
    if (auto electronic = dyn_cast<optical::ElectronicOp>(op))
      return visitElectronic(electronic);
    return visitContraction(op);
  }
  if (auto cast = dyn_cast<tensor::CastOp>(op))
    if (share(cast.getResult(), cast.getSource()))
      return;
  for (Value operand : op.getOperands())
    escape(operand);
}

void ActivationBuilder::finish() {
  for (search::NetworkWork::Step &step : work.steps)
    for (Id &activation : step.activations)
      if (activation && escaped.contains(*activation))
        activation.reset();
}

void ohas::addWeights(NetworkAnalysis &analysis) {
  search::NetworkWork &work = analysis.work;
  llvm::DenseMap<Value, size_t> ids;
  for (auto [op, step] : llvm::zip(analysis.stepOps, work.steps)) {
    if (!step.layer)
      continue;
    Value weight = weightAndInput(*op).first;
    std::optional<int64_t> elements = elementsOf(weight);
    if (!elements || !optical::isConstantValue(weight))
      continue;
    auto [found, isNew] = ids.try_emplace(weight, work.activations.size());
    if (isNew)
      work.activations.push_back(
          {*elements, 0, work.steps.size() - 1, /*isWeight=*/true});
    step.activations[cost::index(Tensor::Weight)] = found->second;
  }
}

void ohas::addActivations(Block &block,
                          const llvm::DenseMap<Operation *, size_t> &stepOf,
                          NetworkAnalysis &analysis) {
  ActivationBuilder builder(stepOf, analysis);
  for (Operation &op : block)
    builder.visit(op);
  builder.finish();
}
