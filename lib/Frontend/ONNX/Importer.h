//===- Importer.h - From a ModelProto to a module ---------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One walk over the nodes in topological order does all: check a node against
// its operator's schema, infer its types, evaluate it if its inputs are small
// and known, and build its IR. Functions are expanded and subgraphs imported
// in place, each in a scope of its own.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_IMPORTER_H
#define OHAS_LIB_FRONTEND_ONNX_IMPORTER_H

#include "ModelReader.h"
#include "NodeContext.h"
#include "mlir/IR/AsmState.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/StringSaver.h"
#include <deque>

namespace ohas::onnx {

/// Float and quantised tensors with more elements than this stay out of the IR,
/// and their values are not looked at.
inline constexpr int64_t maxInlineElements = 64;

class Importer {
public:
  Importer(LoadedModel &model, llvm::StringRef file, mlir::MLIRContext &context,
           const ImportOptions &options);

  mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>> run();

  // Diagnostics: "<file>: ...".
  mlir::InFlightDiagnostic emitError() const;
  mlir::InFlightDiagnostic emitWarning() const;
  mlir::Location nameLoc(llvm::StringRef name) const;
  /// A warning that is given once for each `key`.
  bool isFirst(llvm::StringRef key) { return warned.insert(key).second; }

  // Types.cpp
  mlir::Type convertType(const TypeProto &type);
  /// A copy of a symbol that outlives the node.
  llvm::StringRef intern(llvm::StringRef text) { return strings.save(text); }
  Dim freshDim();

  // Constants.cpp
  /// Checks a tensor and describes it; the contents are looked into if small.
  /// `what` names it in the error.
  mlir::LogicalResult bindTensor(const TensorProto &tensor,
                                 const llvm::Twine &what, ValueInfo &info);
  /// The IR of a value, made when a constant is first used.
  mlir::Value materialize(ValueInfo &info);
  /// A constant of the IR with these contents.
  mlir::Value materialize(const KnownTensor &tensor);
  mlir::Value materialize(mlir::TypedAttr value, mlir::Location loc);
  /// A part of an initializer along its first dim, as a constant without that
  /// dim; null if `info` is no elided constant.
  mlir::Value materializeSlice(ValueInfo &info, int64_t index);
  /// The bytes of a tensor as little-endian elements, wherever they are.
  std::optional<llvm::StringRef> rawBytes(const TensorProto &tensor) const;

  // Graphs.cpp
  /// Imports the nodes of a graph into `scope`, which has its inputs.
  mlir::LogicalResult importGraph(const GraphProto &graph, Scope &scope);
  mlir::LogicalResult
  importNodes(const google::protobuf::RepeatedPtrField<NodeProto> &nodes,
              Scope &scope);
  /// Imports a subgraph at the insertion point: `inputs` are its formal
  /// inputs, `outputs` its results.
  mlir::LogicalResult importSubgraph(const GraphProto &graph, NodeContext &node,
                                     llvm::ArrayRef<ValueInfo> inputs,
                                     llvm::SmallVectorImpl<ValueInfo> &outputs);

  /// Bodies of loops may be imported several times, and nested ones multiply.
  /// Counts the nodes since `before` as imported in vain; false if those are
  /// too many.
  uint64_t numNodes() const { return numImportedNodes; }
  bool discardNodes(uint64_t before) {
    numDiscardedNodes += numImportedNodes - before;
    return numDiscardedNodes <= 100000;
  }

  // Functions.cpp
  mlir::LogicalResult collectFunctions();
  const FunctionProto *findFunction(const NodeProto &node) const;
  bool hasFunctionsIn(llvm::StringRef domain) const;
  mlir::LogicalResult expandFunction(NodeContext &node,
                                     const FunctionProto &function);

  const ImportOptions &options;
  mlir::OpBuilder builder;
  /// Whether a formal parameter of a schema takes an element type.
  llvm::DenseMap<std::pair<const void *, int32_t>, bool> allowedTypes;
  /// Names of the loops whose trip count the model does not fix.
  llvm::SetVector<llvm::StringRef> openLoops;
  /// Some node has attributes of a quantiser: others have more of them.
  bool hasQuantizerNotes = false;

private:
  mlir::LogicalResult bindDims();
  mlir::LogicalResult checkTripCounts();
  mlir::LogicalResult importMain(mlir::ModuleOp module);
  mlir::LogicalResult importInitializers(const GraphProto &graph, Scope &scope);
  mlir::LogicalResult declareValues(const GraphProto &graph, Scope &scope);
  mlir::LogicalResult checkDeclared(llvm::StringRef name,
                                    const TypeProto &type);
  mlir::LogicalResult checkSparse(const SparseTensorProto &sparse);
  mlir::LogicalResult importNode(const NodeProto &node, std::string name,
                                 Scope &scope);
  mlir::LogicalResult resolveInputs(NodeContext &node);
  void note(const NodeContext &node, ImportedAs how);
  mlir::LogicalResult mergeDeclared(NodeContext &node);
  mlir::LogicalResult checkType(NodeContext &node, size_t output);
  mlir::LogicalResult defineOutputs(NodeContext &node,
                                    llvm::ArrayRef<mlir::Value> results);
  /// ExternalData.cpp: maps the bytes of a tensor that are in another file.
  llvm::Error mapExternalData(const TensorProto &tensor);
  llvm::Expected<std::shared_ptr<llvm::MemoryBuffer>>
  openExternal(llvm::StringRef location);
  mlir::Value materializeTensor(const ValueInfo &info);
  mlir::Value elidedConstant(llvm::StringRef key, mlir::ShapedType type,
                             std::optional<llvm::StringRef> bytes);
  mlir::AsmResourceBlob makeBlob(llvm::StringRef bytes);

  LoadedModel &model;
  std::string file;
  /// The model's file and external data, by location.
  llvm::SmallVector<std::shared_ptr<llvm::MemoryBuffer>> openBuffers;
  llvm::StringMap<std::shared_ptr<llvm::MemoryBuffer>> externalFiles;
  llvm::DenseMap<const TensorProto *, llvm::StringRef> externalBytes;
  OpsetImports opsets;
  llvm::BumpPtrAllocator allocator;
  llvm::UniqueStringSaver strings{allocator};
  llvm::StringSet<> warned;
  uint64_t numFreshDims = 0;
  int64_t numParameters = 0;
  /// Where the next constant goes: all are at the start of the function.
  mlir::Block *entry = nullptr;
  mlir::Operation *lastConstant = nullptr;
  llvm::DenseMap<mlir::Attribute, mlir::Value> sharedConstants;
  uint64_t numImportedNodes = 0, numDiscardedNodes = 0;
  /// Graphs and functions that are being imported, one in the other.
  unsigned graphDepth = 0;

  struct Function {
    const FunctionProto *proto;
    OpsetImports opsets;
    int64_t expandedNodes = -1; // -1 unknown, -2 being counted
    unsigned callLevels = 0;    // calls in calls in its body
  };
  llvm::StringMap<Function> functions; // by "domain:name"
  mlir::FailureOr<int64_t> countExpanded(Function &function, unsigned depth);
  /// Bodies of functions with the attributes of a call.
  std::deque<google::protobuf::RepeatedPtrField<NodeProto>> instances;
};

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_IMPORTER_H
