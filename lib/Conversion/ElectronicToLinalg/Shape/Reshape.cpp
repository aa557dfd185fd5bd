//===- Reshape.cpp - Shapes, and orders of elements -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// What only renames elements: the result's type says it all.
static Lowered reshape(Node &node) {
  SmallVector<Value> results = {
      reshapeTo(node.b, node.loc, node.input(0), node.resultType().getShape())};
  return results;
}

static Lowered transpose(Node &node) {
  SmallVector<int64_t> permutation;
  if (auto given = node.getInts("perm"))
    permutation = *given;
  else
    for (int64_t axis = node.rank(0); axis-- > 0;)
      permutation.push_back(axis);
  return SmallVector<Value>{
      transposeTo(node.b, node.loc, node.input(0), permutation)};
}

static Lowered expand(Node &node) {
  Value value = mapTensor(node, node.resultType(), node.input(0),
                          [](const Scalar &, ValueRange x) { return x[0]; });
  return SmallVector<Value>{value};
}

static Lowered tile(Node &node) {
  auto type = node.resultType();
  SmallVector<AffineExpr> exprs;
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    int64_t size = node.shape(0)[axis];
    AffineExpr at = node.b.getAffineDimExpr(axis);
    exprs.push_back(size == type.getDimSize(axis) ? at : at % size);
  }
  auto map = AffineMap::get(type.getRank(), 0, exprs, node.b.getContext());
  if (map.isIdentity())
    return SmallVector<Value>{node.input(0)};
  // A remainder is no affine map that a loop's bounds follow from: by hand.
  Value source = node.input(0);
  return SmallVector<Value>{fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        SmallVector<Value> from;
        for (auto [axis, index] : llvm::enumerate(at))
          from.push_back(s.rem(index, s.index(node.shape(0)[axis])));
        return s.extract(source, from);
      })};
}

/// Through a shape of six dims, transposed: both ways of blocks.
static Lowered throughBlocks(Node &node, ArrayRef<int64_t> split,
                             ArrayRef<int64_t> permutation) {
  Value value = reshapeTo(node.b, node.loc, node.input(0), split);
  value = transposeTo(node.b, node.loc, value, permutation);
  return SmallVector<Value>{
      reshapeTo(node.b, node.loc, value, node.resultType().getShape())};
}

static Lowered depthToSpace(Node &node) {
  ArrayRef<int64_t> in = node.shape(0);
  int64_t block = node.getInt("blocksize", 1);
  int64_t depth = in[1] / (block * block);
  if (node.getString("mode", "DCR") == "CRD")
    return throughBlocks(node, {in[0], depth, block, block, in[2], in[3]},
                         {0, 1, 4, 2, 5, 3});
  return throughBlocks(node, {in[0], block, block, depth, in[2], in[3]},
                       {0, 3, 4, 1, 5, 2});
}

static Lowered spaceToDepth(Node &node) {
  ArrayRef<int64_t> in = node.shape(0);
  int64_t block = node.getInt("blocksize", 1);
  return throughBlocks(
      node, {in[0], in[1], in[2] / block, block, in[3] / block, block},
      {0, 3, 5, 1, 2, 4});
}

static const Row rows[] = {
    {"Reshape", reshape},
    {"Flatten", reshape},
    {"Squeeze", reshape},
    {"Unsqueeze", reshape},
    {"Identity", reshape},
    {"Transpose", transpose},
    {"Expand", expand},
    {"Tile", tile},
    {"DepthToSpace", depthToSpace},
    {"SpaceToDepth", spaceToDepth},
};
llvm::ArrayRef<Row> ohas::electronic::shapeRows() { return rows; }
