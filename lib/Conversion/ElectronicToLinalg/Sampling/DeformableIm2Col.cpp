//===- DeformableIm2Col.cpp - Elements under bent kernels -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../KernelWindow.h"
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
  auto window = kernelWindow(
      node, node.getInts("kernel_shape").value_or(SmallVector<int64_t>()),
      node.rank(0) - 2);
  int64_t groups = node.getInt("offset_group", 1);
  if (!window || groups < 1 || node.shape(0)[1] % groups != 0 ||
      node.rank(1) != node.rank(0) ||
      node.shape(1)[1] != groups * window->size() * window->rank() ||
      node.shape(1).drop_front(2) != node.resultType().getShape().drop_front(2))
    return node.fail(misfit);
  if (node.has(2) &&
      (node.rank(2) != node.rank(0) ||
       node.shape(2)[1] != groups * window->size() ||
       node.shape(2).drop_front(2) != node.shape(1).drop_front(2)))
    return node.fail(misfit);
  int64_t positions = window->size();
  unsigned rank = window->rank();
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
        SmallVector<Value> inKernel = unflattened(s, position, window->kernel);
        Value group = s.div(channel, s.index(channelsInGroup));
        Value moved = s.add(s.mul(group, s.index(positions)), position);
        SmallVector<Value> where(at);
        SmallVector<Value> places;
        for (unsigned axis = 0; axis < rank; ++axis) {
          where[1] = s.add(s.mul(moved, s.index(rank)), s.index(axis));
          Value plain =
              s.add(s.mul(at[2 + axis], s.index(window->strides[axis])),
                    s.mul(inKernel[axis], s.index(window->dilations[axis])));
          plain = s.sub(plain, s.index(window->low[axis]));
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
