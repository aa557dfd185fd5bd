//===- Workload.h - One contraction as the cost model sees it ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Every convolution and matrix product is brought to one canonical form over
// the dims N G M C and the window pairs (P,R), (Q,S), (D,T). A matrix product
// uses M, C, P and the batch dims G, N; a 1-D convolution uses (P,R).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_WORKLOAD_H
#define OHAS_COSTMODEL_WORKLOAD_H

#include "llvm/ADT/StringRef.h"
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

namespace ohas::cost {

/// The canonical dims: batch, group, output channel (per group), input channel
/// (per group); output position and kernel along height, width and depth.
enum class Dim : uint8_t { N, G, M, C, P, Q, R, S, D, T };
inline constexpr unsigned numDims = 10;
inline constexpr std::array<Dim, numDims> allDims = {
    Dim::N, Dim::G, Dim::M, Dim::C, Dim::P,
    Dim::Q, Dim::R, Dim::S, Dim::D, Dim::T};

/// The three data spaces of a contraction.
enum class Tensor : uint8_t { Weight, Input, Output };
inline constexpr unsigned numTensors = 3;
inline constexpr std::array<Tensor, numTensors> allTensors = {
    Tensor::Weight, Tensor::Input, Tensor::Output};

constexpr unsigned index(Dim dim) { return static_cast<unsigned>(dim); }
constexpr unsigned index(Tensor tensor) {
  return static_cast<unsigned>(tensor);
}

/// Position and kernel dims of the windows along height, width and depth.
inline constexpr std::pair<Dim, Dim> windowPairs[] = {
    {Dim::P, Dim::R}, {Dim::Q, Dim::S}, {Dim::D, Dim::T}};

/// "N", "G", ... and "weight", "input", "output".
llvm::StringRef name(Dim dim);
llvm::StringRef name(Tensor tensor);
std::optional<Dim> parseDim(llvm::StringRef text);
std::optional<Tensor> parseTensor(llvm::StringRef text);

/// A set of dims or of tensors; a plain bit mask.
template <typename T> class EnumSet {
public:
  constexpr EnumSet() = default;
  constexpr EnumSet(std::initializer_list<T> members) {
    for (T member : members)
      bits |= 1u << index(member);
  }
  constexpr bool contains(T member) const { return bits >> index(member) & 1; }
  constexpr void insert(T member) { bits |= 1u << index(member); }
  constexpr void insert(EnumSet other) { bits |= other.bits; }
  constexpr void erase(T member) { bits &= ~(1u << index(member)); }
  constexpr bool empty() const { return bits == 0; }
  constexpr uint32_t mask() const { return bits; }
  constexpr bool operator==(EnumSet other) const { return bits == other.bits; }
  constexpr bool operator!=(EnumSet other) const { return bits != other.bits; }
  constexpr bool isSubsetOf(EnumSet other) const {
    return (bits & ~other.bits) == 0;
  }

private:
  uint32_t bits = 0;
};
using DimSet = EnumSet<Dim>;
using TensorSet = EnumSet<Tensor>;
inline constexpr DimSet everyDim = {Dim::N, Dim::G, Dim::M, Dim::C, Dim::P,
                                    Dim::Q, Dim::R, Dim::S, Dim::D, Dim::T};

/// One contraction. Sizes are iteration extents: for a transposed convolution
/// P, Q and D are *input* positions, and the output is the windowed space.
struct Workload {
  std::array<int64_t, numDims> sizes = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  /// Along height, width, depth: the window coordinate of (P,R) is
  /// p * strides[0] + r * dilations[0], and so on.
  std::array<int64_t, 3> strides = {1, 1, 1};
  std::array<int64_t, 3> dilations = {1, 1, 1};
  /// True for a transposed convolution: the output is windowed, not the input.
  bool transposed = false;

  /// Operand precision in bits that the network asks for; 0 leaves it to the
  /// accelerator. Indexed by Tensor.
  std::array<unsigned, numTensors> bits = {0, 0, 0};
  /// The weight operand is known before inference (linear layers); false for
  /// products of two activations (attention).
  bool weightIsConstant = true;
  /// The input operand is proven >= 0 (after ReLU, softmax, ...).
  bool inputIsNonNegative = false;

  int64_t size(Dim dim) const { return sizes[index(dim)]; }
  int64_t &size(Dim dim) { return sizes[index(dim)]; }

  /// Multiply-accumulates: the product of all sizes. Saturates at INT64_MAX.
  int64_t macs() const;

  /// The dims that `tensor` depends on: weight G M C R S T; the windowed tensor
  /// (input, or output if transposed) also on both dims of every window pair.
  DimSet relevantDims(Tensor tensor) const;

  /// Stride and dilation of window pair i without their common divisor.
  std::pair<int64_t, int64_t> windowSteps(unsigned i) const;
  /// Does an element belong to several positions and kernel indices of pair i?
  bool windowsOverlap(unsigned i) const;

  /// Number of elements of a whole tensor (padding of a convolution included:
  /// the elements that the windows touch). Saturates at INT64_MAX.
  int64_t elements(Tensor tensor) const;

  bool operator==(const Workload &other) const;
  size_t hash() const;
};

/// For std::unordered_map.
struct WorkloadHash {
  size_t operator()(const Workload &workload) const { return workload.hash(); }
};

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_WORKLOAD_H
