//===- WorkloadTest.cpp - Operations in canonical dims ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/Parser/Parser.h"
#include "ohas/Optical/Optical.h"
#include "gtest/gtest.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::cost;

namespace {

class OfOperation : public ::testing::Test {
protected:
  OfOperation() {
    context.loadDialect<optical::OpticalDialect, arith::ArithDialect,
                        func::FuncDialect>();
    context.printOpOnDiagnostic(false);
  }

  /// The last operation of type `Op` in a function of these arguments.
  template <typename Op> Op parse(StringRef arguments, StringRef body) {
    std::string text =
        ("func.func @f(" + arguments + ") {\n" + body + "\nreturn\n}").str();
    module = parseSourceString<ModuleOp>(text, &context);
    Op last;
    if (module)
      module->walk([&](Op op) { last = op; });
    return last;
  }

  template <typename Op>
  Workload workload(StringRef arguments, StringRef body) {
    auto op = parse<Op>(arguments, body);
    EXPECT_TRUE(op);
    if (!op)
      return {};
    FailureOr<Workload> result = op.getWorkload();
    EXPECT_TRUE(succeeded(result));
    return succeeded(result) ? *result : Workload();
  }

  MLIRContext context;
  OwningOpRef<ModuleOp> module;
};

/// N, G, M, C, P, Q, R, S, D, T.
using Sizes = std::array<int64_t, numDims>;

TEST_F(OfOperation, ConvolutionOfTwoAxes) {
  Workload w = workload<optical::ConvOp>(
      "%x: tensor<5x8x15x20xf32>, %w: tensor<6x4x3x2xf32>",
      "%0 = optical.conv %x, %w group 2 strides [2, 1] dilations [1, 3] pads "
      "[1, 0, 1, 0] : (tensor<5x8x15x20xf32>, tensor<6x4x3x2xf32>) -> "
      "tensor<5x6x8x17xf32>");
  EXPECT_EQ(w.sizes, (Sizes{5, 2, 3, 4, 8, 17, 3, 2, 1, 1}));
  EXPECT_EQ(w.strides, (std::array<int64_t, 3>{2, 1, 1}));
  EXPECT_EQ(w.dilations, (std::array<int64_t, 3>{1, 3, 1}));
  EXPECT_FALSE(w.transposed);
  EXPECT_FALSE(w.weightIsConstant);
  EXPECT_FALSE(w.inputIsNonNegative);
  EXPECT_EQ(w.bits, (std::array<unsigned, 3>{0, 0, 0}));
}

TEST_F(OfOperation, ConvolutionOfOneAndThreeAxes) {
  Workload one = workload<optical::ConvOp>(
      "%x: tensor<1x2x9xf32>, %w: tensor<4x2x3xf32>",
      "%0 = optical.conv %x, %w strides [2] : (tensor<1x2x9xf32>, "
      "tensor<4x2x3xf32>) -> tensor<1x4x4xf32>");
  EXPECT_EQ(one.sizes, (Sizes{1, 1, 4, 2, 4, 1, 3, 1, 1, 1}));
  EXPECT_EQ(one.strides, (std::array<int64_t, 3>{2, 1, 1}));
  // Depth comes first, height and width keep their places.
  Workload three = workload<optical::ConvOp>(
      "%x: tensor<1x2x10x11x12xf32>, %w: tensor<4x2x3x4x5xf32>",
      "%0 = optical.conv %x, %w strides [1, 2, 4] : "
      "(tensor<1x2x10x11x12xf32>, tensor<4x2x3x4x5xf32>) -> "
      "tensor<1x4x8x4x2xf32>");
  EXPECT_EQ(three.sizes, (Sizes{1, 1, 4, 2, 4, 2, 4, 5, 8, 3}));
  EXPECT_EQ(three.strides, (std::array<int64_t, 3>{2, 4, 1}));
}

TEST_F(OfOperation, TransposedConvolutionCountsInputPositions) {
  Workload w = workload<optical::ConvTransposeOp>(
      "%x: tensor<1x8x5x6xf32>, %w: tensor<8x3x2x2xf32>",
      "%0 = optical.conv_transpose %x, %w strides [2, 2] group 2 : "
      "(tensor<1x8x5x6xf32>, tensor<8x3x2x2xf32>) -> tensor<1x6x10x12xf32>");
  EXPECT_TRUE(w.transposed);
  EXPECT_EQ(w.sizes, (Sizes{1, 2, 3, 4, 5, 6, 2, 2, 1, 1}));
}

TEST_F(OfOperation, RightOperandIsTheWeightUnlessOnlyTheLeftIsConstant) {
  Workload both = workload<optical::MatmulOp>(
      "%a: tensor<5x7xf32>, %b: tensor<11x7xf32>",
      "%0 = optical.matmul %a, %b transpose_rhs : (tensor<5x7xf32>, "
      "tensor<11x7xf32>) -> tensor<5x11xf32>");
  EXPECT_EQ(both.sizes, (Sizes{1, 1, 11, 7, 5, 1, 1, 1, 1, 1}));
  EXPECT_FALSE(both.weightIsConstant);
  Workload left = workload<optical::MatmulOp>(
      "%b: tensor<7x11xf32>",
      "%c = arith.constant dense_resource<\"w\"> : tensor<7x5xf32>\n"
      "%0 = optical.matmul %c, %b transpose_lhs weight_bits 4 : "
      "(tensor<7x5xf32>, tensor<7x11xf32>) -> tensor<5x11xf32>");
  EXPECT_EQ(left.sizes, (Sizes{1, 1, 5, 7, 11, 1, 1, 1, 1, 1}));
  EXPECT_TRUE(left.weightIsConstant);
  EXPECT_EQ(left.bits[index(Tensor::Weight)], 4u);
}

TEST_F(OfOperation, BatchDimsGoWhereTheyBelong) {
  // From the end: 3 of both, 4 of the input, 5 of the weight, 6 of the input.
  Workload w = workload<optical::MatmulOp>(
      "%a: tensor<6x1x4x3x2x7xf32>, %b: tensor<5x1x3x7x8xf32>",
      "%0 = optical.matmul %a, %b : (tensor<6x1x4x3x2x7xf32>, "
      "tensor<5x1x3x7x8xf32>) -> tensor<6x5x4x3x2x8xf32>");
  EXPECT_EQ(w.sizes, (Sizes{24, 3, 40, 7, 2, 1, 1, 1, 1, 1}));
  EXPECT_EQ(w.macs(), int64_t(6) * 5 * 4 * 3 * 2 * 7 * 8);
}

TEST_F(OfOperation, ConstantsThroughElectronicWorkAreConstant) {
  Workload w = workload<optical::MatmulOp>(
      "%a: tensor<5x7xf32>",
      "%c = arith.constant dense_resource<\"w\"> : tensor<8x7xi8>\n"
      "%s = arith.constant dense<0.5> : tensor<f32>\n"
      "%d = optical.electronic \"onnx.DequantizeLinear\"(%c, %s) class "
      "quantization : (tensor<8x7xi8>, tensor<f32>) -> tensor<8x7xf32>\n"
      "%0 = optical.matmul %a, %d transpose_rhs : (tensor<5x7xf32>, "
      "tensor<8x7xf32>) -> tensor<5x8xf32>");
  EXPECT_TRUE(w.weightIsConstant);
}

TEST_F(OfOperation, IntegerTypesAskForTheirWidth) {
  Workload w = workload<optical::MatmulOp>(
      "%a: tensor<5x7xui8>, %b: tensor<7x8xi4>",
      "%0 = optical.matmul %a, %b : (tensor<5x7xui8>, tensor<7x8xi4>) -> "
      "tensor<5x8xi32>");
  // The result is an accumulator.
  EXPECT_EQ(w.bits, (std::array<unsigned, 3>{4, 8, 0}));
  w = workload<optical::MatmulOp>(
      "%a: tensor<5x7xi8>, %b: tensor<7x8xi8>",
      "%0 = optical.matmul %a, %b input_bits 6 : (tensor<5x7xi8>, "
      "tensor<7x8xi8>) -> tensor<5x8xi8>");
  EXPECT_EQ(w.bits, (std::array<unsigned, 3>{8, 6, 8}));
}

TEST_F(OfOperation, SizesThatOverflowAreRefused) {
  auto op = parse<optical::MatmulOp>(
      "%a: tensor<4611686018427387904x4x2x3xf32>, %b: tensor<3x2xf32>",
      "%0 = optical.matmul %a, %b : "
      "(tensor<4611686018427387904x4x2x3xf32>, tensor<3x2xf32>) -> "
      "tensor<4611686018427387904x4x2x2xf32>");
  ASSERT_TRUE(op);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(op.getWorkload()));
  EXPECT_EQ(message,
            "'optical.matmul' op batch dims exceed the range of 64 bits");
}

//===----------------------------------------------------------------------===//
// Signs
//===----------------------------------------------------------------------===//

struct SignCase {
  const char *body; ///< ends with %y, a tensor<2x2xf32>
  bool nonNegative;
};

class Signs : public OfOperation,
              public ::testing::WithParamInterface<SignCase> {};

#define ELECTRONIC(name, operands, types)                                      \
  "optical.electronic \"" name "\"(" operands ") class other : (" types        \
  ") -> tensor<2x2xf32>\n"
#define T "tensor<2x2xf32>"

TEST_P(Signs, AreProvenOrNot) {
  Workload w = workload<optical::MatmulOp>(
      "%a: tensor<2x2xf32>, %u: tensor<2x2xui8>, %b: tensor<2x2xf32>",
      std::string(GetParam().body) + "%0 = optical.matmul %y, %b : (" T ", " T
                                     ") -> " T);
  EXPECT_EQ(w.inputIsNonNegative, GetParam().nonNegative);
}

INSTANTIATE_TEST_SUITE_P(
    All, Signs,
    ::testing::Values(
        SignCase{"%y = " ELECTRONIC("onnx.Relu", "%a", T), true},
        SignCase{"%y = " ELECTRONIC("onnx.Tanh", "%a", T), false},
        SignCase{"%y = " ELECTRONIC("other.Relu", "%a", T), false},
        SignCase{"%x = " ELECTRONIC("onnx.Softmax", "%a", T) //
                 "%y = " ELECTRONIC("onnx.Transpose", "%x", T),
                 true},
        SignCase{"%x = " ELECTRONIC("onnx.Relu", "%a", T) //
                 "%y = " ELECTRONIC("onnx.Add", "%x, %a", T ", " T),
                 false},
        SignCase{"%x = " ELECTRONIC("onnx.Relu", "%a", T) //
                 "%y = " ELECTRONIC("onnx.Mul", "%x, %x", T ", " T),
                 true},
        SignCase{"%c = arith.constant dense<[[0.0, 1.0], [2.0, 3.0]]> : " T "\n"
                 "%x = " ELECTRONIC("onnx.Relu", "%a", T) //
                 "%y = " ELECTRONIC("onnx.Concat", "%x, %c", T ", " T),
                 true},
        SignCase{"%c = arith.constant dense<[[0.0, 1.0], [2.0, -3.0]]> : " T
                 "\n"
                 "%x = " ELECTRONIC("onnx.Relu", "%a", T) //
                 "%y = " ELECTRONIC("onnx.Concat", "%x, %c", T ", " T),
                 false},
        SignCase{"%c = arith.constant dense_resource<\"w\"> : " T "\n"
                 "%y = " ELECTRONIC("onnx.Identity", "%c", T),
                 false},
        SignCase{"%c = arith.constant dense<0.0> : tensor<f32>\n"
                 "%y = " ELECTRONIC("onnx.Clip", "%a, %c", T ", tensor<f32>"),
                 true},
        SignCase{"%c = arith.constant dense<-1.0> : tensor<f32>\n"
                 "%y = " ELECTRONIC("onnx.Clip", "%a, %c", T ", tensor<f32>"),
                 false},
        SignCase{"%y = optical.electronic \"onnx.Clip\"(%a) class activation "
                 "attributes {min = 0.0 : f32} : (" T ") -> " T "\n",
                 true},
        SignCase{"%s = arith.constant dense<0.5> : tensor<f32>\n"
                 "%y = " ELECTRONIC("onnx.DequantizeLinear", "%u, %s",
                                    "tensor<2x2xui8>, tensor<f32>"),
                 true},
        SignCase{"%s = arith.constant dense<0.5> : tensor<f32>\n"
                 "%z = arith.constant dense<3> : tensor<i8>\n"
                 "%y = " ELECTRONIC("onnx.DequantizeLinear", "%u, %s, %z",
                                    "tensor<2x2xui8>, tensor<f32>, tensor<i8>"),
                 false}));

TEST_F(OfOperation, NothingIsClaimedOfLongChains) {
  std::string body = "%y0 = " ELECTRONIC("onnx.Relu", "%a", T);
  for (unsigned i = 1; i < 1000; ++i)
    body += "%y" + std::to_string(i) + " = optical.electronic \"onnx.Add\"(%y" +
            std::to_string(i - 1) + ", %y" + std::to_string(i - 1) +
            ") class elementwise : (" T ", " T ") -> " T "\n";
  Workload w = workload<optical::MatmulOp>(
      "%a: tensor<2x2xf32>",
      body + "%0 = optical.matmul %y999, %a : (" T ", " T ") -> " T);
  EXPECT_FALSE(w.inputIsNonNegative);
}

//===----------------------------------------------------------------------===//
// Electronic work
//===----------------------------------------------------------------------===//

class Electronic : public OfOperation {
protected:
  ElectronicWork work(StringRef arguments, StringRef operation) {
    auto op = parse<optical::ElectronicOp>(arguments, operation);
    EXPECT_TRUE(op);
    FailureOr<ElectronicWork> result = op.getWork();
    EXPECT_TRUE(succeeded(result));
    return *result;
  }
};

TEST_F(Electronic, ElementsFollowTheClass) {
  ElectronicWork pool = work(
      "%x: tensor<1x4x8x8xf32>",
      "%0 = optical.electronic \"onnx.MaxPool\"(%x) class pooling attributes "
      "{kernel_shape = [3, 2]} : (tensor<1x4x8x8xf32>) -> tensor<1x4x4x4xf32>");
  EXPECT_EQ(pool.operationClass, OperationClass::Pooling);
  EXPECT_EQ(pool.elements, 6 * 64);
  EXPECT_EQ(pool.bitsRead, 256 * 32);
  EXPECT_EQ(pool.bitsWritten, 64 * 32);
  ElectronicWork global = work(
      "%x: tensor<1x4x8x8xf32>",
      "%0 = optical.electronic \"onnx.GlobalAveragePool\"(%x) class pooling : "
      "(tensor<1x4x8x8xf32>) -> tensor<1x4x1x1xf32>");
  EXPECT_EQ(global.elements, 256);
  ElectronicWork reduction =
      work("%x: tensor<4x8xi8>, %a: tensor<1xi64>",
           "%0 = optical.electronic \"onnx.ReduceSum\"(%x, %a) class reduction "
           ": (tensor<4x8xi8>, tensor<1xi64>) -> tensor<4xi8>");
  EXPECT_EQ(reduction.elements, 32);
  EXPECT_EQ(reduction.bitsRead, 32 * 8 + 64);
  EXPECT_EQ(reduction.bitsWritten, 32);
  ElectronicWork add =
      work("%x: tensor<4x8xf16>, %b: tensor<8xf16>",
           "%0 = optical.electronic \"onnx.Add\"(%x, %b) class elementwise : "
           "(tensor<4x8xf16>, tensor<8xf16>) -> tensor<4x8xf16>");
  EXPECT_EQ(add.elements, 32);
  EXPECT_EQ(add.bitsRead, 40 * 16);
  ElectronicWork gather =
      work("%x: tensor<30000x8xf32>, %i: tensor<2xi64>",
           "%0 = optical.electronic \"onnx.Gather\"(%x, %i) class movement : "
           "(tensor<30000x8xf32>, tensor<2xi64>) -> tensor<2x8xf32>");
  EXPECT_EQ(gather.elements, 16);
  EXPECT_EQ(gather.bitsRead, 16 * 32);
}

TEST_F(Electronic, ShapesAreFreeAndMayBeDynamic) {
  ElectronicWork shape =
      work("%x: tensor<?x8xf32>",
           "%0 = optical.electronic \"onnx.Shape\"(%x) class shape : "
           "(tensor<?x8xf32>) -> tensor<2xi64>");
  EXPECT_EQ(shape.elements, 0);
  EXPECT_EQ(shape.bitsRead, 0);
  EXPECT_EQ(shape.bitsWritten, 0);
}

TEST_F(Electronic, HugeShapesSaturate) {
  ElectronicWork huge =
      work("%x: tensor<4611686018427387904x4xf32>",
           "%0 = optical.electronic \"onnx.Exp\"(%x) class activation : "
           "(tensor<4611686018427387904x4xf32>) -> "
           "tensor<4611686018427387904x4xf32>");
  EXPECT_EQ(huge.elements, INT64_MAX);
  EXPECT_EQ(huge.bitsRead, INT64_MAX);
}

TEST_F(Electronic, DynamicDimsAreNamed) {
  auto op = parse<optical::ElectronicOp>(
      "%x: tensor<4x?xf32>",
      "%0 = optical.electronic \"onnx.Exp\"(%x) class activation : "
      "(tensor<4x?xf32>) -> tensor<4x?xf32>");
  ASSERT_TRUE(op);
  std::string message;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    message = diagnostic.str();
    return success();
  });
  EXPECT_TRUE(failed(op.getWork()));
  EXPECT_EQ(message, "'optical.electronic' op 'onnx.Exp' needs static shapes: "
                     "dim 1 of operand #0 is dynamic");
}

} // namespace
