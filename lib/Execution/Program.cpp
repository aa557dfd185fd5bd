//===- Program.cpp - A network that runs on the CPU -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Execution/Program.h"
#include "Weights.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/ExecutionEngine/ExecutionEngine.h"
#include "mlir/ExecutionEngine/OptUtils.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Target/LLVMIR/Dialect/Builtin/BuiltinToLLVMIRTranslation.h"
#include "mlir/Target/LLVMIR/Dialect/LLVMIR/LLVMToLLVMIRTranslation.h"
#include "ohas/Optical/Optical.h"
#include "ohas/Pipelines/LowerToLLVM.h"
#include "llvm/ExecutionEngine/Orc/JITTargetMachineBuilder.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/Target/TargetMachine.h"

using namespace mlir;
using namespace ohas;

Program::Program() = default;
Program::Program(Program &&) = default;
Program &Program::operator=(Program &&) = default;
Program::~Program() = default;

static std::optional<Port> portOf(Type type, Attribute name) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  if (!tensor || !tensor.hasStaticShape())
    return std::nullopt;
  Port port;
  if (auto text = dyn_cast_or_null<StringAttr>(name))
    port.name = text.str();
  llvm::raw_string_ostream(port.type.element) << tensor.getElementType();
  port.type.shape.assign(tensor.getShape().begin(), tensor.getShape().end());
  if (!elementBytes(port.type.element))
    return std::nullopt;
  return port;
}

FailureOr<std::pair<std::vector<Port>, std::vector<Port>>>
ohas::portsOf(ModuleOp module) {
  auto functions = module.getOps<func::FuncOp>();
  if (!llvm::hasSingleElement(functions)) {
    mlir::emitError(module.getLoc()) << "has not one function to run";
    return failure();
  }
  func::FuncOp main = *functions.begin();
  std::pair<std::vector<Port>, std::vector<Port>> ports;
  auto collect = [&](TypeRange types, StringRef what, std::vector<Port> &to,
                     llvm::function_ref<Attribute(unsigned)> nameAttr) {
    for (auto [i, type] : llvm::enumerate(types)) {
      std::optional<Port> port = portOf(type, nameAttr(i));
      if (!port) {
        auto error = mlir::emitError(module.getLoc());
        auto name = dyn_cast_or_null<StringAttr>(nameAttr(i));
        error << what << " ";
        if (name)
          error << name;
        else
          error << i;
        error << " is " << type;
        auto tensor = dyn_cast<RankedTensorType>(type);
        if (tensor && !tensor.hasStaticShape())
          error << "; fix its open dims with --dim name=size or --dim-default";
        else
          error << ", which cannot be run";
        return false;
      }
      if (port->name.empty())
        port->name = what.str() + std::to_string(i);
      to.push_back(std::move(*port));
    }
    return true;
  };
  if (!collect(main.getArgumentTypes(), "input", ports.first,
               [&](unsigned i) { return main.getArgAttr(i, "ohas.name"); }) ||
      !collect(main.getResultTypes(), "output", ports.second,
               [&](unsigned i) { return main.getResultAttr(i, "ohas.name"); }))
    return failure();
  return ports;
}

static llvm::Expected<std::unique_ptr<ExecutionEngine>>
makeEngine(ModuleOp module) {
  llvm::InitializeNativeTarget();
  llvm::InitializeNativeTargetAsmPrinter();
  registerBuiltinDialectTranslation(*module.getContext());
  registerLLVMDialectTranslation(*module.getContext());
  auto builder = llvm::orc::JITTargetMachineBuilder::detectHost();
  if (!builder)
    return builder.takeError();
  builder->setCodeGenOptLevel(llvm::CodeGenOptLevel::Aggressive);
  auto machine = builder->createTargetMachine();
  if (!machine)
    return machine.takeError();
  ExecutionEngineOptions options;
  auto optimise = makeOptimizingTransformer(3, 0, machine->get());
  options.transformer = optimise;
  options.jitCodeGenOptLevel = llvm::CodeGenOptLevel::Aggressive;
  return ExecutionEngine::create(module, options, std::move(*machine));
}

static bool isEmpty(Type type) {
  return cast<RankedTensorType>(type).getNumElements() == 0;
}

/// Tensors without elements have no address that could be passed.
static void dropEmptyPorts(func::FuncOp main) {
  OpBuilder b = OpBuilder::atBlockBegin(&main.getBody().front());
  for (unsigned i = main.getNumArguments(); i-- > 0;) {
    BlockArgument argument = main.getArgument(i);
    if (!isEmpty(argument.getType()))
      continue;
    auto type = cast<RankedTensorType>(argument.getType());
    argument.replaceAllUsesWith(tensor::EmptyOp::create(
        b, main.getLoc(), type.getShape(), type.getElementType()));
    (void)main.eraseArgument(i);
  }
  Operation *end = main.getBody().front().getTerminator();
  for (unsigned i = main.getNumResults(); i-- > 0;)
    if (isEmpty(main.getResultTypes()[i])) {
      end->eraseOperand(i);
      (void)main.eraseResult(i);
    }
}

/// A mapping that is not written out as loops says nothing about values. It
/// depends on which operand is a constant, which weights are no longer then.
static void dropMappings(ModuleOp module) {
  module.walk(
      [](optical::OpticalContractionOp op) { optical::dropMapping(op); });
}

FailureOr<Program> Program::compile(ModuleOp module, MissingWeights missing,
                                    uint64_t seed) {
  auto ports = portsOf(module);
  if (failed(ports))
    return failure();
  Program program;
  program.inputPorts = std::move(ports->first);
  program.outputPorts = std::move(ports->second);
  dropMappings(module);
  auto weights = hoistWeights(module, missing, seed);
  if (failed(weights))
    return failure();
  program.weights = std::move(*weights);
  auto main = *module.getOps<func::FuncOp>().begin();
  dropEmptyPorts(main);
  // What the caller owns is not written to.
  for (unsigned i = 0; i < main.getNumArguments(); ++i)
    main.setArgAttr(i, "bufferization.writable",
                    BoolAttr::get(module.getContext(), false));
  main.setName("main");
  PassManager manager(module.getContext());
  buildLowerToLLVMPipeline(manager);
  if (failed(manager.run(module)))
    return failure();
  auto engine = makeEngine(module);
  if (!engine) {
    mlir::emitError(module.getLoc())
        << "cannot be compiled: " << llvm::toString(engine.takeError());
    return failure();
  }
  program.engine = std::move(*engine);
  // Code is generated when it is looked up.
  auto entry = program.engine->lookupPacked("main");
  if (!entry) {
    mlir::emitError(module.getLoc())
        << "cannot be compiled: " << llvm::toString(entry.takeError());
    return failure();
  }
  program.entry = *entry;
  return program;
}

llvm::Expected<std::vector<HostTensor>>
Program::run(llvm::ArrayRef<HostTensor> inputs) {
  std::vector<HostTensor> results;
  for (const Port &port : outputPorts) {
    results.push_back(port.type);
    results.back().bytes.resize(port.type.numElements() *
                                elementBytes(port.type.element));
  }
  std::vector<const char *> buffers;
  auto add = [&](llvm::ArrayRef<char> bytes) {
    if (!bytes.empty())
      buffers.push_back(bytes.data());
  };
  for (const HostTensor &tensor : inputs)
    add(tensor.bytes);
  for (const Weight &weight : weights)
    add(weight.bytes);
  for (const HostTensor &tensor : results)
    add(tensor.bytes);
  std::vector<void *> arguments;
  for (const char *&buffer : buffers)
    arguments.push_back(&buffer);
  entry(arguments.data());
  return results;
}

llvm::Expected<void *> Program::lookup(StringRef global) {
  return engine->lookup(global);
}
