//===- RotaryEmbedding.cpp - Positions as angles ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Table.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
/// How pairs of a head's elements are turned by angles of their position.
struct Rotation {
  int64_t size, rotated; // elements of a head, and those that are turned
  bool isInterleaved;
  int64_t half() const { return rotated / 2; }
};
} // namespace

/// `x`: batch x heads x positions x size. Angles: batch x positions x half, as
/// `angleAt` gives them.
static Value
rotate(Node &node, Value x, const Rotation &how,
       llvm::function_ref<std::pair<Value, Value>(const Scalar &, Value batch,
                                                  Value position, Value pair)>
           angleAt) {
  auto type = cast<RankedTensorType>(x.getType());
  return fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value here = s.extract(x, at);
        // Elements that are not turned are their own partners.
        Value isTurned = s.less(at[3], s.index(how.rotated));
        Value element = s.min(at[3], s.index(how.rotated - 1));
        Value isFirst, pair, partner;
        if (how.isInterleaved) {
          Value parity = s.rem(element, s.index(2));
          isFirst = s.equal(parity, s.index(0));
          pair = s.div(element, s.index(2));
          partner = s.select(isFirst, s.add(element, s.index(1)),
                             s.sub(element, s.index(1)));
        } else {
          isFirst = s.less(element, s.index(how.half()));
          pair = s.rem(element, s.index(how.half()));
          partner = s.select(isFirst, s.add(element, s.index(how.half())),
                             s.sub(element, s.index(how.half())));
        }
        SmallVector<Value> where(at);
        where[3] = partner;
        auto [cosine, sine] = angleAt(s, at[0], at[2], pair);
        Value other = s.mul(s.extract(x, where), sine);
        Value turned = s.mul(here, cosine);
        turned = s.select(isFirst, s.sub(turned, other), s.add(turned, other));
        return s.select(isTurned, turned, here);
      });
}

/// ONNX's: x, cosines, sines, positions. ONNX Runtime's: x, positions, cosines,
/// sines, where one position is that of the first.
static Lowered rotaryEmbedding(Node &node) {
  bool isRuntimes = node.op.getOpName().contains("com.microsoft");
  unsigned cosPlace = isRuntimes ? 2 : 1, idPlace = isRuntimes ? 1 : 3;
  if (!node.has(cosPlace) || !node.has(cosPlace + 1))
    return node.fail("without its angles");
  if (node.getInt("is_packed_batching"))
    return node.fail("packed batches");
  if (node.shape(0) != node.resultType().getShape() ||
      (node.rank(0) != 3 && node.rank(0) != 4) ||
      node.shape(cosPlace) != node.shape(cosPlace + 1) ||
      node.rank(cosPlace) == 0 || node.shape(cosPlace).back() == 0)
    return node.fail(misfit);
  bool hasIds = node.has(idPlace);
  int64_t cacheRank = node.rank(cosPlace), rank = node.rank(0);
  // In ONNX Runtime's attentions they go on from those of the cache.
  bool goesOn = !hasIds && node.hasAttribute("first_position");
  if (cacheRank != (hasIds || goesOn ? 2 : 3))
    return node.fail("without its positions");
  OpBuilder &b = node.b;
  Rotation how;
  how.isInterleaved = node.getInt("interleaved") != 0;
  int64_t heads = node.getInt("num_heads");
  int64_t half = node.shape(cosPlace).back();
  if (rank == 3 && heads == 0)
    heads = node.shape(0)[2] / (2 * half);
  if (rank == 3 && (heads < 1 || node.shape(0)[2] % heads != 0))
    return node.fail(misfit);
  how.size = rank == 4 ? node.shape(0)[3] : node.shape(0)[2] / heads;
  how.rotated = node.getInt("rotary_embedding_dim");
  if (how.rotated == 0)
    how.rotated = isRuntimes || goesOn ? 2 * half : how.size;
  if (how.half() > half || how.rotated > how.size || how.half() == 0)
    return node.fail("angles that do not fit its heads");
  Type wide = computeType(node.element(0));
  Value x = convertTensor(node, node.input(0), false, wide);
  if (rank == 3) {
    x = reshapeTo(b, node.loc, x,
                  {node.shape(0)[0], node.shape(0)[1], heads, how.size});
    x = transposeTo(b, node.loc, x, {0, 2, 1, 3});
  }
  Value cosines = convertTensor(node, node.input(cosPlace), false, wide);
  Value sines = convertTensor(node, node.input(cosPlace + 1), false, wide);
  Value ids = hasIds ? node.input(idPlace) : Value();
  bool isOffset = hasIds && node.type(idPlace).getNumElements() == 1;
  if (isOffset)
    ids = reshapeTo(b, node.loc, ids, {1});
  int64_t batch = node.shape(0)[0], length = node.shape(0)[rank == 3 ? 1 : 2];
  if (hasIds && !isOffset &&
      node.shape(idPlace) != ArrayRef<int64_t>{batch, length})
    return node.fail(misfit);
  if (cacheRank == 3 &&
      (node.shape(cosPlace)[0] != batch || node.shape(cosPlace)[1] != length))
    return node.fail(misfit);
  int64_t positions = node.shape(cosPlace)[0];
  Value y = rotate(
      node, x, how,
      [&](const Scalar &s, Value row, Value position, Value pair) {
        if (!hasIds && !goesOn) {
          SmallVector<Value> at = {row, position, pair};
          return std::make_pair(s.extract(cosines, at), s.extract(sines, at));
        }
        Value id;
        if (goesOn)
          id = s.add(s.index(node.getInt("first_position")), position);
        else if (isOffset)
          id = s.add(s.toIndex(s.extract(ids, s.index(0))), position);
        else
          id = s.toIndex(s.extract(ids, {row, position}));
        id = s.min(s.max(id, s.index(0)), s.index(positions - 1));
        SmallVector<Value> at = {id, pair};
        return std::make_pair(s.extract(cosines, at), s.extract(sines, at));
      });
  if (rank == 3)
    y = reshapeTo(b, node.loc, transposeTo(b, node.loc, y, {0, 2, 1, 3}),
                  node.shape(0));
  return SmallVector<Value>{
      convertTensor(node, y, false, node.resultType().getElementType())};
}

static const Row rows[] = {
    {"RotaryEmbedding", rotaryEmbedding},
    {"com.microsoft.RotaryEmbedding", rotaryEmbedding},
};
llvm::ArrayRef<Row> ohas::electronic::rotaryRows() { return rows; }
