//===- Fingerprint.cpp - What a mapper sees of an accelerator ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Fingerprint.h"

using namespace ohas;
using namespace ohas::cost;

namespace {
class Writer {
public:
  /// Numbers of fixed size only, so that fields cannot run into each other.
  template <typename T> Writer &operator<<(T value) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    bytes.append(reinterpret_cast<const char *>(&value), sizeof(value));
    return *this;
  }
  template <typename T> Writer &operator<<(const std::optional<T> &value) {
    return *this << value.has_value() << value.value_or(T());
  }
  std::string take() { return std::move(bytes); }

private:
  std::string bytes;
};
} // namespace

static void write(Writer &out, const Level &level) {
  out << level.kind << level.count << level.staticUw << level.duty
      << level.clockGhz;
  out << level.canKeep.mask() << level.mustKeep.mask()
      << level.temporalDims.mask() << level.capacityBits << level.doubleBuffered
      << level.accumulates << level.accumulateLimit << level.readFjPerBit
      << level.writeFjPerBit << level.readBitsPerCycle
      << level.writeBitsPerCycle << level.halfDuplex << level.writeLatencyNs
      << level.writeElementsPerNs;
  out << level.tensor << level.hold << level.energyFj << level.rateGhz;
  out << level.extent << level.spatialDims.mask() << level.wired.mask();
  for (Tensor tensor : allTensors)
    out << level.modes[index(tensor)] << level.maxPerStep[index(tensor)];
}

std::string ohas::search::fingerprint(const Accelerator &accelerator) {
  Writer out;
  out << accelerator.clockGhz << accelerator.accumulatorBits
      << accelerator.fillNs;
  for (unsigned bits : accelerator.bits)
    out << bits;
  for (const Level &level : accelerator.levels)
    write(out, level);
  if (accelerator.vectorUnit)
    out << accelerator.vectorUnit->staticUw
        << (accelerator.vectorUnit->overlap > 0);
  return out.take();
}

std::string ohas::search::fanoutFingerprint(const Accelerator &accelerator) {
  Writer out;
  for (const Level &level : accelerator.levels)
    if (level.kind == LevelKind::Fanout)
      out << level.extent << level.spatialDims.mask();
  return out.take();
}

std::string ohas::search::fingerprint(const Workload &workload) {
  Writer out;
  for (int64_t size : workload.sizes)
    out << size;
  for (int64_t stride : workload.strides)
    out << stride;
  for (int64_t dilation : workload.dilations)
    out << dilation;
  for (unsigned bits : workload.bits)
    out << bits;
  out << workload.transposed << workload.weightIsConstant
      << workload.inputIsNonNegative;
  return out.take();
}
