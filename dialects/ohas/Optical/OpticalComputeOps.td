//===- OpticalComputeOps.td - Networks ---------------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_COMPUTE_OPS
#define OHAS_OPTICAL_COMPUTE_OPS

include "ohas/Optical/OpticalAttrs.td"
include "ohas/Optical/OpticalInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

//===----------------------------------------------------------------------===//
// Contractions
//===----------------------------------------------------------------------===//

def Optical_Tensor_ : RankedTensorOf<[AnyFloat, AnyInteger]>;

class Optical_ContractionOp<string mnemonic>
    : Optical_Op<mnemonic, [
        Pure, DeclareOpInterfaceMethods<OpticalContractionOp, ["getWorkload"]>,
        DeclareOpInterfaceMethods<SymbolUserOpInterface>]> {
  dag common = (ins ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$weight_bits,
                    ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$input_bits,
                    ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$output_bits,
                    OptionalAttr<Optical_MappingAttr>:$mapping);
  string clauses = !strconcat("`weight_bits` custom<Integer>($weight_bits) | ",
                   "`input_bits` custom<Integer>($input_bits) | ",
                   "`output_bits` custom<Integer>($output_bits) | ",
                   "`mapping` custom<Required>($mapping)");
  let results = (outs Optical_Tensor_:$result);
  let hasVerifier = 1;
}

defvar windowArguments = (ins
    DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{}">:$strides,
    DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{}">:$dilations,
    DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{}">:$pads,
    DefaultValuedOptionalAttr<I64Attr, "1">:$group);
defvar windowClauses = !strconcat("`strides` custom<Integers>($strides) | ",
    "`dilations` custom<Integers>($dilations) | ",
    "`pads` custom<Integers>($pads) | `group` custom<Integer>($group)");

defvar windowDeclaration = [{
    /// Number of spatial axes, 1 to 3.
    unsigned getSpatialRank() { return getInput().getType().getRank() - 2; }
    /// One entry an axis, defaults filled in.
    ::llvm::SmallVector<int64_t, 3> stridesOrDefault();
    ::llvm::SmallVector<int64_t, 3> dilationsOrDefault();
    /// Begin of every axis, then end of every axis.
    ::llvm::SmallVector<int64_t, 6> padsOrDefault();
}];

def Optical_ConvOp : Optical_ContractionOp<"conv"> {
  let summary = "convolution";
  let description = [{
    Input `N x C x spatial`, weight `M x C/group x kernel`, result
    `N x M x spatial`, with one to three spatial axes. `strides` and `dilations`
    have an entry an axis (1 if not given), `pads` two: all begins, then all
    ends (0 if not given). A bias is an `optical.electronic` of its own.

    `weight_bits`, `input_bits` and `output_bits` ask for a precision; without
    them integer element types do.

    ```mlir
    func.func @layer(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x28x28xf32> {
      %w = arith.constant dense_resource<"conv1.weight"> : tensor<64x64x3x3xf32>
      %0 = optical.conv %x, %w strides [2, 2] pads [1, 1, 1, 1] input_bits 8
          : (tensor<1x64x56x56xf32>, tensor<64x64x3x3xf32>)
          -> tensor<1x64x28x28xf32>
      return %0 : tensor<1x64x28x28xf32>
    }
    ```
  }];
  let arguments = !con((ins Optical_Tensor_:$input, Optical_Tensor_:$weight),
                       windowArguments, common);
  let assemblyFormat = !strconcat("$input `,` $weight oilist(", windowClauses, " | ",
      clauses, ") attr-dict `:` functional-type(operands, results)");
  let builders = [OpBuilder<(ins "::mlir::Value":$input,
      "::mlir::Value":$weight, CArg<"::llvm::ArrayRef<int64_t>", "{}">:$strides,
      CArg<"::llvm::ArrayRef<int64_t>", "{}">:$dilations,
      CArg<"::llvm::ArrayRef<int64_t>", "{}">:$pads,
      CArg<"int64_t", "1">:$group)>];
  let extraClassDeclaration = !strconcat(windowDeclaration, [{
    /// The result shape of a convolution; element type of the input. Fails
    /// where the arguments fit no convolution.
    static ::mlir::FailureOr<::mlir::RankedTensorType> inferResultType(
        ::mlir::RankedTensorType input, ::mlir::RankedTensorType weight,
        ::llvm::ArrayRef<int64_t> strides, ::llvm::ArrayRef<int64_t> dilations,
        ::llvm::ArrayRef<int64_t> pads, int64_t group,
        ::llvm::function_ref<::mlir::InFlightDiagnostic()> emitError = {});
  }]);
}

def Optical_ConvTransposeOp : Optical_ContractionOp<"conv_transpose"> {
  let summary = "transposed convolution";
  let description = [{
    Input `N x C x spatial`, weight `C x M/group x kernel`; every input position
    adds a kernel-sized window to the result. `output_padding` enlarges the
    result at the end of each axis (0 if not given).

    ```mlir
    func.func @up(%x: tensor<1x8x14x14xf32>, %w: tensor<8x4x2x2xf32>)
        -> tensor<1x4x28x28xf32> {
      %0 = optical.conv_transpose %x, %w strides [2, 2]
          : (tensor<1x8x14x14xf32>, tensor<8x4x2x2xf32>)
          -> tensor<1x4x28x28xf32>
      return %0 : tensor<1x4x28x28xf32>
    }
    ```
  }];
  let arguments = !con((ins Optical_Tensor_:$input, Optical_Tensor_:$weight),
      windowArguments,
      (ins DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{}">:$output_padding),
      common);
  let assemblyFormat = !strconcat("$input `,` $weight oilist(", windowClauses,
      " | `output_padding` custom<Integers>($output_padding) | ",
      clauses, ") attr-dict `:` functional-type(operands, results)");
  let builders = [OpBuilder<(ins "::mlir::Value":$input,
      "::mlir::Value":$weight, CArg<"::llvm::ArrayRef<int64_t>", "{}">:$strides,
      CArg<"::llvm::ArrayRef<int64_t>", "{}">:$dilations,
      CArg<"::llvm::ArrayRef<int64_t>", "{}">:$pads,
      CArg<"::llvm::ArrayRef<int64_t>", "{}">:$outputPadding,
      CArg<"int64_t", "1">:$group)>];
  let extraClassDeclaration = !strconcat(windowDeclaration, [{
    ::llvm::SmallVector<int64_t, 3> outputPaddingOrDefault();
    /// As ConvOp::inferResultType.
    static ::mlir::FailureOr<::mlir::RankedTensorType> inferResultType(
        ::mlir::RankedTensorType input, ::mlir::RankedTensorType weight,
        ::llvm::ArrayRef<int64_t> strides, ::llvm::ArrayRef<int64_t> dilations,
        ::llvm::ArrayRef<int64_t> pads, ::llvm::ArrayRef<int64_t> outputPadding,
        int64_t group,
        ::llvm::function_ref<::mlir::InFlightDiagnostic()> emitError = {});
  }]);
}

def Optical_MatmulOp : Optical_ContractionOp<"matmul"> {
  let summary = "matrix product";
  let description = [{
    Both operands have a rank of two or more; the dims before the last two are
    a batch and broadcast as usual (aligned at the end, 1 stretches).
    `transpose_lhs` and `transpose_rhs` swap an operand's last two dims first.

    The constant operand is the weight; the right one if neither or both are
    (a product of two activations).

    ```mlir
    func.func @scores(%q: tensor<12x128x64xf32>, %k: tensor<12x128x64xf32>)
        -> tensor<12x128x128xf32> {
      %0 = optical.matmul %q, %k transpose_rhs
          : (tensor<12x128x64xf32>, tensor<12x128x64xf32>)
          -> tensor<12x128x128xf32>
      return %0 : tensor<12x128x128xf32>
    }
    ```
  }];
  let arguments = !con((ins Optical_Tensor_:$lhs, Optical_Tensor_:$rhs,
                            UnitAttr:$transpose_lhs, UnitAttr:$transpose_rhs),
                       common);
  let assemblyFormat = !strconcat("$lhs `,` $rhs oilist(`transpose_lhs` $transpose_lhs | ",
      "`transpose_rhs` $transpose_rhs | ", clauses,
      ") attr-dict `:` functional-type(operands, results)");
  let builders = [OpBuilder<(ins "::mlir::Value":$lhs, "::mlir::Value":$rhs,
      CArg<"bool", "false">:$transposeLhs,
      CArg<"bool", "false">:$transposeRhs)>];
  let extraClassDeclaration = [{
    /// True if the left operand takes the weight's place.
    bool isWeightLeft();
    /// As ConvOp::inferResultType.
    static ::mlir::FailureOr<::mlir::RankedTensorType> inferResultType(
        ::mlir::RankedTensorType lhs, ::mlir::RankedTensorType rhs,
        bool transposeLhs, bool transposeRhs,
        ::llvm::function_ref<::mlir::InFlightDiagnostic()> emitError = {});
  }];
}

//===----------------------------------------------------------------------===//
// Everything else
//===----------------------------------------------------------------------===//

def Optical_ElectronicOp : Optical_Op<"electronic", [
    AlwaysSpeculatable, DeclareOpInterfaceMethods<MemoryEffectsOpInterface>]> {
  let summary = "an operation that light cannot do";
  let description = [{
    Keeps the name of the operation with its domain, the version of the operator
    set, and all attributes it had. The class says what a vector unit does for
    an element of it.

    Canonicalization folds a batch normalization with constant parameters into
    the weights of the convolution before it; its shift stays as an addition.

    ```mlir
    func.func @pool(%x: tensor<1x64x56x56xf32>) -> tensor<1x64x28x28xf32> {
      %0 = optical.electronic "onnx.MaxPool"(%x) class pooling opset 17
          attributes {kernel_shape = array<i64: 2, 2>, strides = [2, 2]}
          : (tensor<1x64x56x56xf32>) -> tensor<1x64x28x28xf32>
      return %0 : tensor<1x64x28x28xf32>
    }
    ```
  }];
  let arguments = (ins StrAttr:$op_name, Variadic<AnyType>:$inputs,
                       Optical_OperationClassAttr:$operation_class,
                       OptionalAttr<I64Attr>:$opset,
                       OptionalAttr<DictionaryAttr>:$original_attributes);
  let results = (outs Variadic<AnyType>:$results);
  let assemblyFormat = [{
    $op_name `(` $inputs `)` `class` custom<Keyword>($operation_class)
    (`opset` custom<Integer>($opset)^)? (`attributes` $original_attributes^)?
    attr-dict `:` functional-type($inputs, $results)
  }];
  let builders = [OpBuilder<(ins "::mlir::TypeRange":$results,
      "::llvm::StringRef":$opName, "::mlir::ValueRange":$inputs,
      "::ohas::optical::OperationClass":$operationClass, "int64_t":$opset,
      "::mlir::DictionaryAttr":$originalAttributes)>];
  let extraClassDeclaration = [{
    /// Elements operated on and bits moved. Fails with a diagnostic that names
    /// the first dim that is not static.
    ::mlir::FailureOr<::ohas::cost::ElectronicWork> getWork();
  }];
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
}

#endif // OHAS_OPTICAL_COMPUTE_OPS
