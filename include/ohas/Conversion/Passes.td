//===- Passes.td - Passes from optical IR to linalg --------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_CONVERSION_PASSES
#define OHAS_CONVERSION_PASSES

include "mlir/Pass/PassBase.td"

defvar lowered = [
  "mlir::affine::AffineDialect", "mlir::arith::ArithDialect",
  "mlir::linalg::LinalgDialect", "mlir::math::MathDialect",
  "mlir::scf::SCFDialect", "mlir::tensor::TensorDialect"];

def ConvertOpticalToLinalg
    : Pass<"convert-optical-to-linalg", "mlir::ModuleOp"> {
  let summary = "Lower contractions to loops over tensors";
  let description = [{
    Convolutions, transposed convolutions and matrix products become
    `linalg.generic`, as ideal optics compute them: exact products, and sums
    in the type of the result (32 bits at least for narrow types). A mapping
    does not change what is computed and is dropped; one that `optical-tile` has
    written out is run as it is written.

    The loops are ordered for a CPU: the innermost runs along contiguous
    memory and is not the reduction, so that it vectorises without reassociating
    sums. Windows are gathered into a matrix first, where a kernel is not 1.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(convert-optical-to-linalg)'
    func.func @product(%x: tensor<4x8xf32>, %w: tensor<8x16xf32>)
        -> tensor<4x16xf32> {
      %0 = optical.matmul %x, %w
          : (tensor<4x8xf32>, tensor<8x16xf32>) -> tensor<4x16xf32>
      return %0 : tensor<4x16xf32>
    }
    // CHECK: linalg.generic
    // CHECK-SAME: iterator_types = ["parallel", "reduction", "parallel"]
    ```
  }];
  let dependentDialects = lowered;
}

def ConvertOpticalElectronicToLinalg
    : Pass<"convert-optical-electronic-to-linalg", "mlir::ModuleOp"> {
  let summary = "Lower electronic operations to loops over tensors";
  let description = [{
    Each `optical.electronic` becomes what its ONNX operator computes, by a
    table from operator to lowering. What is not in the table is named in one
    error for the whole module. All shapes have to be static, and operands that
    are shapes, axes or sizes constants.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(convert-optical-electronic-to-linalg)'
    func.func @relu(%x: tensor<8xf32>) -> tensor<8xf32> {
      %0 = optical.electronic "onnx.Relu"(%x) class activation opset 17
          : (tensor<8xf32>) -> tensor<8xf32>
      return %0 : tensor<8xf32>
    }
    // CHECK: linalg.generic
    // CHECK: arith.maximumf
    ```
  }];
  let dependentDialects = lowered;
}

def EraseSignedness : Pass<"optical-erase-signedness", "mlir::ModuleOp"> {
  let summary = "Make all integers signless";
  let description = [{
    ONNX's unsigned integers are `ui8` and so on, but arithmetic of MLIR is on
    signless integers and has the sign in its operations. When all operations
    are lowered, the types need it no longer.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(optical-erase-signedness)'
    func.func @pass(%x: tensor<8xui8>) -> tensor<8xi8> {
      %0 = builtin.unrealized_conversion_cast %x : tensor<8xui8> to tensor<8xi8>
      return %0 : tensor<8xi8>
    }
    // CHECK: func.func @pass(%[[X:.*]]: tensor<8xi8>) -> tensor<8xi8>
    // CHECK-NEXT: return %[[X]]
    ```
  }];
}

def LowerBufferCopies
    : Pass<"ohas-lower-buffer-copies", "mlir::func::FuncOp"> {
  let summary = "Turn copies between strided buffers into loops";
  let description = [{
    MLIR lowers a `memref.copy` of strided buffers to a call of its runtime
    library; a loop needs none.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(func.func(ohas-lower-buffer-copies))'
    func.func @copy(%x: memref<8xf32, strided<[2]>>, %y: memref<8xf32>) {
      memref.copy %x, %y : memref<8xf32, strided<[2]>> to memref<8xf32>
      return
    }
    // CHECK: linalg.generic
    ```
  }];
  let dependentDialects = ["mlir::linalg::LinalgDialect"];
}

def OutlineLoops : Pass<"ohas-outline-loops", "mlir::ModuleOp"> {
  let summary = "Give each operation on buffers a function of its own";
  let description = [{
    The time that LLVM takes for a function grows faster than its size, so a
    network is no single function. Equal functions, as of equal layers, are
    compiled once when `func-duplicate-function-elimination` has merged them.

    ```mlir
    // RUN: ohas-opt --pass-pipeline='builtin.module(ohas-outline-loops)'
    func.func @clear(%x: memref<8xf32>) {
      %zero = arith.constant 0.0 : f32
      linalg.fill ins(%zero : f32) outs(%x : memref<8xf32>)
      return
    }
    // CHECK: func.func @clear(%[[X:.*]]: memref<8xf32>)
    // CHECK: call @loops0(%[[X]])
    // CHECK: func.func private @loops0(%{{.*}}: memref<8xf32> {llvm.noalias})
    // CHECK: linalg.fill
    ```
  }];
  let dependentDialects = ["mlir::func::FuncDialect", "mlir::LLVM::LLVMDialect"];
}

#endif // OHAS_CONVERSION_PASSES
