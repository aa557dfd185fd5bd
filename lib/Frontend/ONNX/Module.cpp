//===- Module.cpp - The module and its main function ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Verifier.h"

using namespace ohas::onnx;
using namespace mlir;

Importer::Importer(LoadedModel &model, StringRef file, MLIRContext &context,
                   const ImportOptions &options)
    : options(options), builder(&context), model(model), file(file),
      openBuffers({model.buffer}) {}

InFlightDiagnostic Importer::emitError() const {
  return mlir::emitError(UnknownLoc::get(builder.getContext())) << file << ": ";
}

InFlightDiagnostic Importer::emitWarning() const {
  return mlir::emitWarning(UnknownLoc::get(builder.getContext()))
         << file << ": ";
}

Location Importer::nameLoc(StringRef name) const {
  if (name.empty())
    return UnknownLoc::get(builder.getContext());
  return NameLoc::get(StringAttr::get(builder.getContext(), name));
}

Dim Importer::freshDim() {
  // '?' is no part of names that exporters write.
  return Dim::named(intern("?" + std::to_string(numFreshDims++)));
}

FailureOr<OwningOpRef<ModuleOp>> Importer::run() {
  for (const auto &import : model.proto.opset_import()) {
    StringRef domain = canonicalDomain(import.domain());
    auto [where, inserted] = opsets.try_emplace(domain, import.version());
    if (inserted || where->second == import.version())
      continue;
    // Exporters that merge graphs write two; the newer one is a superset in
    // all but a few operators.
    where->second = std::max(where->second, import.version());
    emitWarning() << "imports domain '" << import.domain()
                  << "' in several versions; version " << where->second
                  << " is used";
  }
  if (!opsets.contains(""))
    opsets[""] = 1;
  if (failed(bindDims()) || failed(collectFunctions()))
    return failure();

  OwningOpRef<ModuleOp> module = ModuleOp::create(nameLoc(file));
  if (failed(importMain(*module)) || failed(checkTripCounts()))
    return failure();
  SmallVector<NamedAttribute> facts;
  auto add = [&](StringRef name, Attribute value) {
    facts.push_back(builder.getNamedAttr(name, value));
  };
  add("ir_version", builder.getI64IntegerAttr(model.proto.ir_version()));
  add("opset", builder.getI64IntegerAttr(opsets[""]));
  add("producer", builder.getStringAttr(model.proto.producer_name()));
  add("graph", builder.getStringAttr(model.proto.graph().name()));
  add("parameters", builder.getI64IntegerAttr(numParameters));
  (*module)->setAttr("ohas.onnx", builder.getDictionaryAttr(facts));
  // Our own invariants: a failure here is a bug, but never a crash later.
  if (failed(mlir::verify(*module)))
    return emitError() << "the imported module is malformed (a bug of the "
                          "importer: please report it with the model)";
  return module;
}

LogicalResult Importer::checkTripCounts() {
  for (const auto &entry : options.tripCounts) {
    if (openLoops.contains(entry.getKey()))
      continue;
    auto error = emitError() << "has no loop '" << entry.getKey()
                             << "' whose trip count is open";
    for (auto [i, name] : llvm::enumerate(openLoops))
      error << (i ? ", '" : "; it has '") << name << "'";
    return error;
  }
  return success();
}

/// An input's name, and the names of the dims that it leaves open.
static DictionaryAttr inputAttrs(Builder &builder,
                                 const ValueInfoProto &input) {
  SmallVector<NamedAttribute> attrs = {
      builder.getNamedAttr("ohas.name", builder.getStringAttr(input.name()))};
  SmallVector<Attribute> dims;
  bool isOpen = false;
  for (const auto &dim : input.type().tensor_type().shape().dim()) {
    isOpen |= dim.has_dim_param() && !dim.dim_param().empty();
    dims.push_back(builder.getStringAttr(dim.dim_param()));
  }
  if (isOpen)
    attrs.push_back(
        builder.getNamedAttr("ohas.dims", builder.getArrayAttr(dims)));
  return builder.getDictionaryAttr(attrs);
}

LogicalResult Importer::importMain(ModuleOp module) {
  const GraphProto &graph = model.proto.graph();
  Scope scope(opsets);
  if (failed(importInitializers(graph, scope)) ||
      failed(declareValues(graph, scope)))
    return failure();

  auto func = func::FuncOp::create(nameLoc(graph.name()), "main",
                                   builder.getFunctionType({}, {}));
  module.push_back(func);
  entry = func.addEntryBlock();
  builder.setInsertionPointToEnd(entry);

  SmallVector<Type> argumentTypes;
  SmallVector<DictionaryAttr> argumentAttrs;
  auto nameAttr = [&](StringRef name) {
    return builder.getDictionaryAttr(
        builder.getNamedAttr("ohas.name", builder.getStringAttr(name)));
  };
  for (const ValueInfoProto &input : graph.input()) {
    // An input with an initializer is a constant with a default: a constant.
    ValueInfo *info = scope.lookup(input.name());
    if (info->tensor)
      continue;
    argumentTypes.push_back(convertType(info->type));
    argumentAttrs.push_back(inputAttrs(builder, input));
    info->ir = entry->addArgument(argumentTypes.back(), nameLoc(input.name()));
  }
  if (failed(importGraph(graph, scope)))
    return failure();

  SmallVector<Value> results;
  SmallVector<DictionaryAttr> resultAttrs;
  for (const ValueInfoProto &output : graph.output()) {
    ValueInfo *info = scope.lookup(output.name());
    if (!info)
      return emitError() << "graph output '" << output.name()
                         << "' is not computed by any node";
    results.push_back(materialize(*info));
    resultAttrs.push_back(nameAttr(output.name()));
  }
  func::ReturnOp::create(builder, nameLoc(graph.name()), results);
  func.setFunctionType(
      builder.getFunctionType(argumentTypes, ValueRange(results).getTypes()));
  func.setAllArgAttrs(argumentAttrs);
  func.setAllResultAttrs(resultAttrs);
  return success();
}
