//===- Loops.cpp - Loop and what Scan shares with it ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Values that a loop carries have one type in every iteration. The body is
// imported with the types of the initial values; where it then yields others,
// it is imported once more with what both have in common.
//
//===----------------------------------------------------------------------===//

#include "Handlers/Build.h"
#include "Importer.h"
#include "LoopImport.h"
#include "Slices.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Optical/Optical.h"

using namespace ohas::onnx;
using namespace mlir;

/// A tensor of all iterations; its first dim is open if their count is.
Type LoopImport::scanType(const TypeProto &type, int64_t axis) {
  auto one = dyn_cast<RankedTensorType>(node.importer.convertType(type));
  if (!one)
    return UnrankedTensorType::get(
        convertElementType(elementTypeOf(type), node.builder().getContext()));
  SmallVector<int64_t> dims(one.getShape());
  int64_t at = normalizeAxis(axis, dims.size() + 1).value_or(0);
  dims.insert(dims.begin() + at, tripCount ? *tripCount : ShapedType::kDynamic);
  return RankedTensorType::get(dims, one.getElementType());
}

Value LoopImport::initialScan(const TypeProto &type, int64_t axis) {
  OpBuilder &builder = node.builder();
  Type whole = scanType(type, axis);
  auto all = dyn_cast<RankedTensorType>(whole);
  if (all && all.hasStaticShape())
    return tensor::EmptyOp::create(builder, node.loc(), all.getShape(),
                                   all.getElementType());
  // Grown step by step, from nothing.
  SmallVector<int64_t> none;
  if (all) {
    none.assign(all.getShape().begin(), all.getShape().end());
    none[*normalizeAxis(axis, none.size())] = 0;
  }
  for (int64_t &dim : none)
    dim = ShapedType::isDynamic(dim) ? 0 : dim;
  Value empty = tensor::EmptyOp::create(builder, node.loc(), none,
                                        getElementTypeOrSelf(whole));
  return generalize(node, empty, whole);
}

Value LoopImport::append(Value all, Value one, Value iteration,
                         const ScanOutput &output) {
  OpBuilder &builder = node.builder();
  auto type = dyn_cast<RankedTensorType>(all.getType());
  if (!type || !type.hasStaticShape())
    return electronic(
        node, "Concat", {all, one}, all.getType(),
        builder.getNamedAttr("axis", builder.getI64IntegerAttr(output.axis)));
  int64_t axis = *normalizeAxis(output.axis, type.getRank());
  Value at = iteration;
  if (output.reversed) {
    Value last = node.importer.materialize(builder.getIndexAttr(*tripCount - 1),
                                           node.loc());
    at = arith::SubIOp::create(builder, node.loc(), last, at);
  }
  if (!isStepOf(one.getType(), type, axis))
    node.fail("a scan output of its body does not have the type of a step");
  return insertStep(builder, node.loc(), one, all, axis, at);
}

LogicalResult LoopImport::importBody(Value iteration, ValueRange states,
                                     SmallVectorImpl<ValueInfo> &outputs,
                                     Value condition) {
  OpBuilder &builder = node.builder();
  SmallVector<ValueInfo> inputs;
  if (isLoop) {
    ValueInfo &number = inputs.emplace_back();
    number.ir = tensorOf(node, iteration);
    setTensorType(number.type, Int64, ArrayRef<Dim>());
    ValueInfo &goesOn = inputs.emplace_back();
    setTensorType(goesOn.type, Bool, ArrayRef<Dim>());
    if (isEndless)
      goesOn.ir = tensor::FromElementsOp::create(
          builder, node.loc(), RankedTensorType::get({}, builder.getI1Type()),
          condition);
    else
      goesOn.known = std::make_shared<KnownTensor>(
          KnownTensor::scalar(Bool, Element::of(int64_t(1))));
  }
  for (auto [value, type] : llvm::zip(states, stateTypes)) {
    ValueInfo &state = inputs.emplace_back();
    state.ir = value;
    state.type = type;
  }
  for (const ScanInput &scan : scanInputs) {
    ValueInfo &slice = inputs.emplace_back();
    slice.type = scan.sliceType;
    Value at = iteration;
    if (scan.reverse) {
      Value one =
          node.importer.materialize(builder.getIndexAttr(1), node.loc());
      Value last = arith::SubIOp::create(builder, node.loc(), upperBound, one);
      at = arith::SubIOp::create(builder, node.loc(), last, at);
    }
    auto type =
        dyn_cast<RankedTensorType>(node.importer.convertType(scan.sliceType));
    if (!type || !isStepOf(type, scan.whole.getType(), scan.axis))
      node.fail("a scan input of its body does not have the type of a step");
    slice.ir =
        extractStep(builder, node.loc(), type, scan.whole, scan.axis, at);
  }
  if (failed(node.importer.importSubgraph(body, node, inputs, outputs)))
    return failure();
  size_t expected = numFixed() + node.numOutputs();
  if (outputs.size() != expected)
    return node.emitError() << "its body has " << outputs.size() << " outputs, "
                            << expected << " are expected";
  for (ValueInfo &output : outputs)
    node.importer.materialize(output);
  return success();
}

/// Types that hold in every iteration; true if they changed.
bool LoopImport::widen(ArrayRef<ValueInfo> outputs) {
  bool changed = false;
  ArrayRef<ValueInfo> states =
      outputs.drop_front(numFixed()).take_front(stateTypes.size());
  for (auto [type, output] : llvm::zip(stateTypes, states)) {
    auto common = commonType(type, output.type);
    if (!common)
      continue; // reported where it is yielded
    Type before = node.importer.convertType(type);
    if (node.importer.convertType(*common) == before)
      continue;
    type = *common;
    changed = true;
  }
  ArrayRef<ValueInfo> scans =
      outputs.drop_front(numFixed() + stateTypes.size());
  if (!scans.empty() && (scanTypes.empty() || changed)) {
    scanTypes.clear();
    for (const ValueInfo &output : scans)
      scanTypes.push_back(output.type);
    changed = true;
  }
  return changed;
}

void ohas::onnx::noteTripCount(NodeContext &node, Operation *loop,
                               std::optional<int64_t> most) {
  const ImportOptions &options = node.importer.options;
  node.importer.openLoops.insert(node.importer.intern(node.name));
  std::optional<int64_t> count = options.tripCountDefault;
  if (auto given = options.tripCounts.find(node.name);
      given != options.tripCounts.end())
    count = given->second;
  if (!count)
    count = most;
  if (count)
    loop->setAttr(ohas::optical::tripCountAttrName,
                  node.builder().getI64IntegerAttr(*count));
}

LoopImport::Outcome LoopImport::attempt(Results &results) {
  OpBuilder &builder = node.builder();
  Location loc = node.loc();
  OpBuilder::InsertPoint here = builder.saveInsertionPoint();
  SmallVector<Value> init;
  for (auto [value, type] : llvm::zip(initial, stateTypes))
    init.push_back(generalize(node, value.ir, node.importer.convertType(type)));
  for (auto [type, output] : llvm::zip(scanTypes, scanOutputs))
    init.push_back(initialScan(type, output.axis));
  auto constant = [&](int64_t value) {
    return node.importer.materialize(builder.getIndexAttr(value), loc);
  };

  Operation *loop = nullptr;
  Value iteration, goesOn;
  ValueRange arguments;
  if (isEndless) {
    init.insert(init.begin(), {constant(0), condition});
    SmallVector<Type> types(ValueRange(init).getTypes());
    SmallVector<Location> locs(types.size(), loc);
    auto op = scf::WhileOp::create(builder, loc, types, init);
    loop = op;
    Block *before = builder.createBlock(&op.getBefore(), {}, types, locs);
    scf::ConditionOp::create(builder, loc, before->getArgument(1),
                             before->getArguments());
    Block *after = builder.createBlock(&op.getAfter(), {}, types, locs);
    iteration = after->getArgument(0);
    goesOn = after->getArgument(1);
    arguments = ValueRange(after->getArguments()).drop_front(2);
  } else {
    auto op = scf::ForOp::create(builder, loc, constant(0), upperBound,
                                 constant(1), init);
    loop = op;
    // Without carried values the builder has ended the body already.
    if (init.empty())
      op.getBody()->getTerminator()->erase();
    builder.setInsertionPointToEnd(op.getBody());
    iteration = op.getInductionVar();
    arguments = op.getRegionIterArgs();
  }

  // What bounds a loop that may end early is how often it runs at most.
  if (!tripCount)
    noteTripCount(node, loop, mostTrips);

  SmallVector<ValueInfo> outputs;
  if (failed(importBody(iteration, arguments.take_front(stateTypes.size()),
                        outputs, goesOn))) {
    builder.restoreInsertionPoint(here);
    return Outcome::Failed;
  }
  for (auto [output, scan] : llvm::zip(ArrayRef<ValueInfo>(outputs).drop_front(
                                           numFixed() + stateTypes.size()),
                                       scanOutputs))
    if (auto shape = shapeOf(output.type);
        shape && !normalizeAxis(scan.axis, shape->size() + 1)) {
      node.emitError() << "it cannot stack " << toString(*shape)
                       << " along axis " << scan.axis;
      builder.restoreInsertionPoint(here);
      return Outcome::Failed;
    }
  if (widen(outputs)) {
    loop->erase();
    builder.restoreInsertionPoint(here);
    return Outcome::Again;
  }
  SmallVector<Value> yielded;
  auto carried = ArrayRef<ValueInfo>(outputs).drop_front(numFixed());
  for (auto [i, output] : llvm::enumerate(carried)) {
    if (i >= stateTypes.size()) {
      size_t scan = i - stateTypes.size();
      yielded.push_back(
          append(arguments[i], output.ir, iteration, scanOutputs[scan]));
      continue;
    }
    if (!commonType(stateTypes[i], output.type)) {
      node.emitError() << "its body gives " << toString(output.type)
                       << " for a value that starts as "
                       << toString(stateTypes[i]);
      builder.restoreInsertionPoint(here);
      return Outcome::Failed;
    }
    yielded.push_back(generalize(node, output.ir, arguments[i].getType()));
  }
  if (isEndless) {
    Value next = arith::AddIOp::create(builder, loc, iteration, constant(1));
    Value again = conditionOf(node, outputs.front().ir);
    if (upperBound) {
      Value isIn = arith::CmpIOp::create(
          builder, loc, arith::CmpIPredicate::slt, next, upperBound);
      again = arith::AndIOp::create(builder, loc, again, isIn);
    }
    yielded.insert(yielded.begin(), {next, again});
  }
  scf::YieldOp::create(builder, loc, yielded);
  builder.restoreInsertionPoint(here);
  auto values = loop->getResults().drop_front(isEndless ? 2 : 0);
  results.assign(values.begin(), values.end());
  return Outcome::Done;
}

FailureOr<Results> LoopImport::run() {
  // Rank and dims can each give way once for every state; then all is open.
  for (unsigned i = 0; i < 6; ++i) {
    uint64_t before = node.importer.numNodes();
    Results results;
    ImportSummary *summary = node.importer.options.summary;
    ImportSummary seen = summary ? *summary : ImportSummary();
    Outcome outcome = attempt(results);
    if (outcome == Outcome::Failed)
      return failure();
    if (outcome == Outcome::Again) {
      // What was seen will be seen again.
      if (summary)
        *summary = std::move(seen);
      if (!node.importer.discardNodes(before))
        return node.emitError() << "loops are nested too deep";
      continue;
    }
    for (size_t i = 0; i < node.numOutputs(); ++i) {
      if (i < stateTypes.size()) {
        node.outputTypes[i] = stateTypes[i];
        continue;
      }
      const TypeProto &one = scanTypes[i - stateTypes.size()];
      auto shape = shapeOf(one);
      if (!shape) {
        setTensorType(node.outputTypes[i], elementTypeOf(one));
        continue;
      }
      auto axis = normalizeAxis(scanOutputs[i - stateTypes.size()].axis,
                                shape->size() + 1);
      shape->insert(shape->begin() + axis.value_or(0),
                    tripCount ? Dim(*tripCount) : Dim());
      setTensorType(node.outputTypes[i], elementTypeOf(one), *shape);
    }
    return results;
  }
  return node.emitError() << "its body changes the types that it carries in "
                             "every iteration";
}

/// True if the body hands on the condition, or sets it to true.
static bool alwaysGoesOn(const GraphProto &body) {
  if (body.output_size() < 1 || body.input_size() < 2)
    return false;
  std::string name = body.output(0).name();
  for (int hops = 0; hops <= body.node_size(); ++hops) {
    if (name == body.input(1).name())
      return true;
    const NodeProto *producer = nullptr;
    for (const NodeProto &node : body.node())
      if (llvm::is_contained(node.output(), name))
        producer = &node;
    for (const TensorProto &tensor : body.initializer())
      if (tensor.name() == name)
        return tensor.int32_data_size() == 1 ? tensor.int32_data(0) != 0
                                             : tensor.raw_data() == "\1";
    if (!producer)
      return false;
    if (producer->op_type() == "Constant" && producer->attribute_size() == 1) {
      const TensorProto &value = producer->attribute(0).t();
      return value.int32_data_size() == 1 ? value.int32_data(0) != 0
                                          : value.raw_data() == "\1";
    }
    if ((producer->op_type() != "Identity" && producer->op_type() != "Cast") ||
        producer->input_size() != 1)
      return false;
    name = producer->input(0);
  }
  return false;
}

FailureOr<Results> ohas::onnx::importLoop(NodeContext &node) {
  const GraphProto &body = node.attribute("body")->g();
  LoopImport loop(node, body, /*isLoop=*/true);
  for (size_t i = 2; i < node.numInputs(); ++i) {
    if (!node.hasInput(i))
      return node.emitError() << "its input " << i << " is absent";
    node.ir(i);
    loop.initial.push_back(*node.inputs[i]);
    loop.stateTypes.push_back(node.inputs[i]->type);
  }
  if (node.numOutputs() < loop.initial.size())
    return node.emitError()
           << "it carries " << loop.initial.size() << " values, but has "
           << node.numOutputs() << " outputs";
  loop.scanOutputs.resize(node.numOutputs() - loop.initial.size());
  bool starts = true;
  if (node.hasInput(1)) {
    auto known = knownScalar(*node.inputs[1]);
    loop.isEndless |= !known;
    starts = !known || *known;
  }
  loop.isEndless |= !node.hasInput(0) || !alwaysGoesOn(body);
  if (node.hasInput(0)) {
    auto count = knownScalar(*node.inputs[0]);
    // "For ever" is what the largest number stands for.
    if (count && *count > maxElements) {
      loop.isEndless = true;
    } else {
      if (count && !loop.isEndless)
        loop.tripCount = starts ? std::max<int64_t>(*count, 0) : 0;
      else if (count)
        loop.mostTrips = std::max<int64_t>(*count, 0);
      loop.upperBound =
          loop.tripCount
              ? node.importer.materialize(
                    node.builder().getIndexAttr(*loop.tripCount), node.loc())
              : indexOf(node, node.ir(0));
    }
  }
  if (loop.isEndless) {
    loop.condition = node.hasInput(1)
                         ? conditionOf(node, node.ir(1))
                         : node.importer.materialize(
                               node.builder().getBoolAttr(true), node.loc());
    if (loop.upperBound) {
      Value zero =
          node.importer.materialize(node.builder().getIndexAttr(0), node.loc());
      Value any = arith::CmpIOp::create(node.builder(), node.loc(),
                                        arith::CmpIPredicate::sgt,
                                        loop.upperBound, zero);
      loop.condition = arith::AndIOp::create(node.builder(), node.loc(),
                                             loop.condition, any);
    }
  }
  return loop.run();
}
