//===- Binding.cpp - Tensors of the model become values ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Importer.h"
#include "Tensors.h"

using namespace ohas::onnx;
using namespace mlir;

std::optional<StringRef> Importer::rawBytes(const TensorProto &tensor) const {
  if (auto found = externalBytes.find(&tensor); found != externalBytes.end())
    return found->second;
  if (tensor.has_segment())
    return model.buffer->getBuffer().slice(tensor.segment().begin(),
                                           tensor.segment().end());
  // Present but empty is how some tools strip weights.
  if (!tensor.raw_data().empty())
    return StringRef(tensor.raw_data());
  return std::nullopt;
}

LogicalResult Importer::bindTensor(const TensorProto &tensor, const Twine &what,
                                   ValueInfo &info) {
  auto fail = [&](const Twine &why) {
    return emitError() << what << " " << why;
  };
  bool isExternal = tensor.data_location() == TensorProto::EXTERNAL;
  if (isExternal)
    if (llvm::Error error = mapExternalData(tensor))
      return fail(llvm::toString(std::move(error)));
  std::optional<StringRef> raw = rawBytes(tensor);
  bool hasData = false;
  if (auto why = checkTensor(tensor, raw, hasData))
    return fail(*why);
  info.tensor = &tensor;
  Shape shape(tensor.dims().begin(), tensor.dims().end());
  setTensorType(info.type, tensor.data_type(), shape);
  // The values of weights have no say in shapes.
  auto count = numElements(shape);
  bool isWeight = isWeightType(tensor.data_type());
  if (count == 0 || (hasData && (!isWeight || *count <= maxInlineElements)))
    info.known = decodeTensor(tensor, raw);
  return success();
}

LogicalResult Importer::checkSparse(const SparseTensorProto &sparse) {
  const std::string &name = sparse.values().name();
  auto fail = [&](const Twine &why) {
    return emitError() << "sparse initializer '" << name << "' " << why;
  };
  const TensorProto &indices = sparse.indices();
  if (sparse.values().dims_size() != 1)
    return fail("has values that are no list");
  SmallVector<int64_t> dims = toVector(sparse.dims());
  auto count = numElements(dims);
  if (!count || *count > maxElements || dims.size() > maxRank)
    return fail("is too large for a tensor");
  int64_t numValues = sparse.values().dims(0);
  bool isLinear = indices.dims_size() == 1;
  if (indices.data_type() != Int64 || indices.dims_size() < 1 ||
      indices.dims_size() > 2 || indices.dims(0) != numValues ||
      (!isLinear && indices.dims(1) != static_cast<int64_t>(dims.size())))
    return fail("has indices of the wrong type or shape");
  bool hasData = false;
  std::optional<StringRef> raw = rawBytes(indices);
  if (auto why = checkTensor(indices, raw, hasData))
    return fail("has indices whose tensor " + *why);
  auto at = [&](int64_t i) {
    int64_t value;
    if (!raw)
      return static_cast<int64_t>(indices.int64_data(i));
    memcpy(&value, raw->data() + i * sizeof(value), sizeof(value));
    return value;
  };
  if (!hasData)
    return numValues == 0 ? success() : LogicalResult(fail("has no indices"));
  int64_t last = -1;
  for (int64_t i = 0; i < numValues; ++i) {
    int64_t linear = isLinear ? at(i) : 0;
    for (size_t axis = 0; !isLinear && axis < dims.size(); ++axis) {
      int64_t index = at(i * dims.size() + axis);
      if (index < 0 || index >= dims[axis])
        return fail("has an index out of range");
      linear = linear * dims[axis] + index;
    }
    if (linear < 0 || linear >= *count)
      return fail("has an index out of range");
    if (linear <= last)
      return fail("has indices twice or out of order");
    last = linear;
  }
  return success();
}
