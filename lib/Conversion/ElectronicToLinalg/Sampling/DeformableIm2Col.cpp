//===- DeformableIm2Col.cpp - Elements under bent kernels -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "Interpolate.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

/// `index` as one along each of these dims, in row-major order.
static SmallVector<Value> unflattened(const Scalar &s, Value index,
                                      ArrayRef<int64_t> dims) {
  SmallVector<Value> parts(dims.size());
  for (size_t i = dims.size(); i-- > 0;) {
    parts[i] = s.rem(index, s.index(dims[i]));
    index = s.div(index, s.index(dims[i]));
  }
  return parts;
}

/// The elements under a kernel of which each position is moved: inputs are the
/// image, the offsets of each position along each axis, and factors. A channel
/// of the result is one of the image at one position of the kernel.
static Lowered deformableIm2Col(Node &node) {
  auto kernel = node.getInts("kernel_shape");
  if (!kernel)
    return node.fail("a kernel of unknown shape");
  size_t rank = kernel->size();
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  auto strides = node.getInts("strides").value_or(ones);
  auto dilations = node.getInts("dilations").value_or(ones);
  auto pads = node.getInts("pads").value_or(zeros);
  int64_t groups = node.getInt("offset_group", 1);
  int64_t positions = 1;
  for (int64_t size : *kernel)
    positions *= size;
  auto result = node.resultType();
  Type wide = computeType(node.element(0));
  Value source = convertTensor(node, node.input(0), false, wide);
  Value offsets = convertTensor(node, node.input(1), false, wide);
  Value factors =
      node.has(2) ? convertTensor(node, node.input(2), false, wide) : Value();
  int64_t channelsInGroup = node.shape(0)[1] / groups;
  Value value = fromIndices(
      node.b, node.loc, result.clone(wide),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value channel = s.div(at[1], s.index(positions));
        Value position = s.rem(at[1], s.index(positions));
        SmallVector<Value> inKernel = unflattened(s, position, *kernel);
        Value group = s.div(channel, s.index(channelsInGroup));
        Value moved = s.add(s.mul(group, s.index(positions)), position);
        SmallVector<Value> where(at);
        SmallVector<Value> places;
        for (size_t axis = 0; axis < rank; ++axis) {
          where[1] = s.add(s.mul(moved, s.index(rank)), s.index(axis));
          Value plain = s.add(s.mul(at[2 + axis], s.index(strides[axis])),
                              s.mul(inKernel[axis], s.index(dilations[axis])));
          plain = s.sub(plain, s.index(pads[axis]));
          places.push_back(
              s.add(s.fromIndex(plain, wide), s.extract(offsets, where)));
        }
        Value element = interpolateLinear(
            s, places, [&](const Scalar &inner, ArrayRef<Value> whole) {
              return elementOrZero(inner, source, {at[0], channel}, whole);
            });
        if (!factors)
          return element;
        where[1] = moved;
        return s.mul(element, s.extract(factors, where));
      });
  return SmallVector<Value>{
      convertTensor(node, value, false, result.getElementType())};
}

static const Row rows[] = {
    {"ohas.DeformableIm2Col", deformableIm2Col},
};
llvm::ArrayRef<Row> ohas::electronic::deformableRows() { return rows; }
