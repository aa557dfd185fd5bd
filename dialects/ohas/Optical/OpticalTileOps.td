//===- OpticalTileOps.td - Mappings as loops ---------------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_TILE_OPS
#define OHAS_OPTICAL_TILE_OPS

include "ohas/Optical/OpticalAttrs.td"
include "mlir/IR/SymbolInterfaces.td"
include "mlir/Interfaces/DestinationStyleOpInterface.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/TilingInterface.td"

def Optical_CanonicalTensor
    : TensorRankOf<[AnyFloat, AnySignlessInteger], [6]>;
def Optical_SignlessTensor : RankedTensorOf<[AnyFloat, AnySignlessInteger]>;

//===----------------------------------------------------------------------===//
// The contraction
//===----------------------------------------------------------------------===//

def Optical_MacOp : Optical_Op<"mac", [
    Pure, DestinationStyleOpInterface,
    AllTypesMatch<["init", "result"]>,
    DeclareOpInterfaceMethods<TilingInterface, [
      "getLoopIteratorTypes", "getIterationDomain", "getTiledImplementation",
      "getResultTilePosition"]>,
    DeclareOpInterfaceMethods<PartialReductionOpInterface, [
      "generateInitialTensorForPartialReduction", "tileToPartialReduction",
      "mergeReductions", "getPartialResultTilePosition"]>]> {
  let summary = "multiply-accumulates over the canonical dims";
  let description = [{
    Adds to a tensor of sums, in its type, the products of a weight
    `G x M x C x R x S x T` and an input. Sums are `N x G x M x P x Q x D`, and
    the input is `N x G x C` and the window coordinates of the pairs (P,R),
    (Q,S), (D,T): `p * strides[0] + r * dilations[0]`, and so on. If
    `transposed`, the input has the positions P, Q, D themselves, and the sums
    the window coordinates: windows that overlap add up.

    It is what a contraction becomes when its mapping is made loops
    (`optical-tile`), and can be tiled along all ten dims. Along C, R, S and T,
    and of a transposed one also along P, Q and D where windows overlap, copies
    make partial results, which an `optical.sum` adds.

    Integers without a sign are `unsigned_weight` or `unsigned_input`. The other
    clauses keep what a cost depends on: bits asked for by the network, and
    whether the weight is constant and the input is not negative.

    ```mlir
    func.func @tile(%w: tensor<1x8x3x3x3x1xf32>, %x: tensor<1x1x3x9x9x1xf32>,
                    %sums: tensor<1x1x8x4x4x1xf32>)
        -> tensor<1x1x8x4x4x1xf32> {
      %0 = optical.mac %w, %x into %sums strides [2, 2, 1] constant_weight
          : tensor<1x8x3x3x3x1xf32>, tensor<1x1x3x9x9x1xf32>
          -> tensor<1x1x8x4x4x1xf32>
      return %0 : tensor<1x1x8x4x4x1xf32>
    }
    ```
  }];
  let arguments = (ins Optical_CanonicalTensor:$weight,
      Optical_CanonicalTensor:$input, Optical_CanonicalTensor:$init,
      DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{1, 1, 1}">:$strides,
      DefaultValuedOptionalAttr<DenseI64ArrayAttr, "{1, 1, 1}">:$dilations,
      UnitAttr:$transposed, UnitAttr:$unsigned_weight,
      UnitAttr:$unsigned_input,
      ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$weight_bits,
      ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$input_bits,
      ConfinedAttr<OptionalAttr<I64Attr>, [IntPositive]>:$output_bits,
      UnitAttr:$constant_weight, UnitAttr:$nonnegative_input);
  let results = (outs Optical_CanonicalTensor:$result);
  let assemblyFormat = [{
    $weight `,` $input `into` $init
    oilist(`strides` custom<Integers>($strides)
           | `dilations` custom<Integers>($dilations)
           | `transposed` $transposed
           | `unsigned_weight` $unsigned_weight
           | `unsigned_input` $unsigned_input
           | `weight_bits` custom<Integer>($weight_bits)
           | `input_bits` custom<Integer>($input_bits)
           | `output_bits` custom<Integer>($output_bits)
           | `constant_weight` $constant_weight
           | `nonnegative_input` $nonnegative_input) attr-dict
    `:` type($weight) `,` type($input) `->` type($result)
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getInitMutable();
    }
    /// Elements that the iteration has along a dim, if static.
    int64_t staticSize(::ohas::cost::Dim dim);
    /// Do points along the dim add to sums that points beside them add to, too?
    bool isReduction(::ohas::cost::Dim dim);
    /// Offsets and sizes of what a tile of the iteration touches of a tensor.
    void tilePosition(::mlir::OpBuilder &b, ::ohas::cost::Tensor tensor,
                      ::llvm::ArrayRef<::mlir::OpFoldResult> offsets,
                      ::llvm::ArrayRef<::mlir::OpFoldResult> sizes,
                      ::llvm::SmallVector<::mlir::OpFoldResult> &tileOffsets,
                      ::llvm::SmallVector<::mlir::OpFoldResult> &tileSizes);
  }];
  let hasVerifier = 1;
}

//===----------------------------------------------------------------------===//
// What levels do with tensors
//===----------------------------------------------------------------------===//

class Optical_AtLevelOp<string mnemonic, list<Trait> traits = []>
    : Optical_Op<mnemonic, !listconcat([
        Pure, DeclareOpInterfaceMethods<SymbolUserOpInterface>], traits)>;

def Optical_FetchOp : Optical_AtLevelOp<"fetch", [
    AllTypesMatch<["tile", "result"]>]> {
  let summary = "a memory takes a tile";
  let description = [{
    From here on the memory holds the tile. Of an operand it is a part of what
    the memory above holds, of the output a tile of sums that begin at zero and
    are added to those of the memory above when they are complete, or leave. What
    `stays` is there as a whole, from the operation before or for those after.
    The value is that of the operand.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.memory @cache keeps weight
      optical.compute @mac
    }
    func.func @hold(%w: tensor<1x8x3x3x3x1xf32>) -> tensor<1x8x3x3x3x1xf32> {
      %0 = optical.fetch weight %w at @a::@cache : tensor<1x8x3x3x3x1xf32>
      return %0 : tensor<1x8x3x3x3x1xf32>
    }
    ```
  }];
  let arguments = (ins Optical_TensorAttr:$tensor,
      Optical_SignlessTensor:$tile, UnitAttr:$stays, SymbolRefAttr:$level);
  let results = (outs Optical_SignlessTensor:$result);
  let assemblyFormat = [{
    custom<Keyword>($tensor) $tile (`stays` $stays^)? `at` $level attr-dict
    `:` type($tile)
  }];
}

def Optical_ConvertOp : Optical_AtLevelOp<"convert", [
    AllTypesMatch<["value", "result"]>]> {
  let summary = "a tensor crosses a converter";
  let description = [{
    What passes of a tensor to the levels below, or of sums to those above,
    changes its form. The optics are ideal: the value does not change.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.converter @dac input from digital to analog
      optical.compute @mac
    }
    func.func @cross(%x: tensor<1x1x3x9x9x1xf32>) -> tensor<1x1x3x9x9x1xf32> {
      %0 = optical.convert input %x at @a::@dac : tensor<1x1x3x9x9x1xf32>
      return %0 : tensor<1x1x3x9x9x1xf32>
    }
    ```
  }];
  let arguments = (ins Optical_TensorAttr:$tensor,
      Optical_SignlessTensor:$value, SymbolRefAttr:$level);
  let results = (outs Optical_SignlessTensor:$result);
  let assemblyFormat = [{
    custom<Keyword>($tensor) $value `at` $level attr-dict `:` type($value)
  }];
}

def Optical_SumOp : Optical_AtLevelOp<"sum", [
    DestinationStyleOpInterface, AllTypesMatch<["init", "result"]>]> {
  let summary = "partial results are added";
  let description = [{
    Adds what the copies of a fan-out made to a tensor of sums. The partial
    results lie along dims before those of the sums; without such dims they are
    one tensor, which a memory adds to what it holds.

    ```mlir
    optical.accelerator @a {
      optical.memory @dram keeps weight, input, output
      optical.fanout @taps x 3 over [C] output sum wired
      optical.compute @mac
    }
    func.func @add(%parts: tensor<3x1x1x8x4x4x1xf32>,
                   %sums: tensor<1x1x8x4x4x1xf32>) -> tensor<1x1x8x4x4x1xf32> {
      %0 = optical.sum %parts into %sums at @a::@taps
          : tensor<3x1x1x8x4x4x1xf32> -> tensor<1x1x8x4x4x1xf32>
      return %0 : tensor<1x1x8x4x4x1xf32>
    }
    ```
  }];
  let arguments = (ins Optical_SignlessTensor:$partials,
      Optical_SignlessTensor:$init, OptionalAttr<SymbolRefAttr>:$level);
  let results = (outs Optical_SignlessTensor:$result);
  let assemblyFormat = [{
    $partials `into` $init (`at` $level^)? attr-dict
    `:` type($partials) `->` type($result)
  }];
  let extraClassDeclaration = [{
    ::mlir::MutableOperandRange getDpsInitsMutable() {
      return getInitMutable();
    }
  }];
  let hasVerifier = 1;
}

#endif // OHAS_OPTICAL_TILE_OPS
