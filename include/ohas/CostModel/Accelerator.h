//===- Accelerator.h - A concrete accelerator: a nest of levels -*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All numbers are concrete here: knobs are set, a device set is chosen and the
// expressions of the accelerator's description are evaluated. Where it says
// "per copy", the number of copies is the product of the fan-out extents above.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_ACCELERATOR_H
#define OHAS_COSTMODEL_ACCELERATOR_H

#include "ohas/CostModel/Link.h"
#include "ohas/CostModel/Workload.h"
#include "llvm/ADT/SmallVector.h"
#include <string>

namespace ohas::cost {

/// Component is a level that nothing flows through (laser, comb, star coupler):
/// it has area and static power at its place in the nest, and no counts.
enum class LevelKind : uint8_t {
  Memory,
  Converter,
  Fanout,
  Component,
  Compute
};

/// How the copies of a fan-out see one tensor. Operands: Private, Broadcast or
/// Window; outputs: Private or Sum. See docs/CostModel.md for the definitions.
enum class FanoutMode : uint8_t { Private, Broadcast, Window, Sum };

/// When a static power is paid: per converted element, per step of the
/// instances in use, or as long as the layer lasts.
enum class Duty : uint8_t { PerCount, PerStep, Always };

llvm::StringRef name(LevelKind kind);
llvm::StringRef name(FanoutMode mode);
llvm::StringRef name(Duty duty);
std::optional<LevelKind> parseLevelKind(llvm::StringRef text);
std::optional<FanoutMode> parseFanoutMode(llvm::StringRef text);
std::optional<Duty> parseDuty(llvm::StringRef text);

struct Level {
  std::string name;
  LevelKind kind = LevelKind::Compute;

  //===--- Every level ---------------------------------------------------===//
  /// Devices per copy of this level (parallel converter lanes, rings a site).
  double count = 1;
  double areaUm2 = 0;  ///< per device
  double staticUw = 0; ///< per device
  Duty duty = Duty::Always;
  double clockGhz = 0; ///< own clock; the accelerator's where not given

  /// Energy of a static power that is paid each time something is counted here.
  double perCountFj() const {
    return duty == Duty::PerCount ? staticUw / clockGhz : 0;
  }

  //===--- Memory --------------------------------------------------------===//
  TensorSet canKeep;                   ///< what a mapping may keep here
  TensorSet mustKeep;                  ///< what it cannot pass
  DimSet temporalDims;                 ///< dims that may loop here
  std::optional<int64_t> capacityBits; ///< per copy; unlimited if absent
  bool doubleBuffered = false;         ///< tiles take twice their size
  bool accumulates = true;             ///< may receive partial sums
  /// Activations may stay from one operation to the next. One such memory at
  /// most, no copies of it, and below the outermost.
  bool resident = false;
  /// And constant weights from one inference to the next.
  bool weightsResident = false;
  /// An analog integrator: after this many accumulated steps its content
  /// leaves.
  std::optional<int64_t> accumulateLimit;
  double readFjPerBit = 0, writeFjPerBit = 0;
  /// Per copy and cycle of its own clock; unlimited if absent.
  std::optional<double> readBitsPerCycle, writeBitsPerCycle;
  bool halfDuplex = false; ///< reads or writes at a time, as DRAM does
  /// Programming of slow weights: least time between two tiles, and elements
  /// written per second.
  double writeLatencyNs = 0;
  std::optional<double> writeElementsPerNs;

  //===--- Converter -----------------------------------------------------===//
  Tensor tensor = Tensor::Input;
  bool hold = false;   ///< converts again only what changed (register)
  double energyFj = 0; ///< per converted element (compute: per MAC)
  double rateGhz = 0;  ///< per device; 0: never limits
  /// Of a converter to or from digital; 0: as many as the accelerator gives its
  /// tensor. Energies and latencies do not depend on it.
  unsigned resolutionBits = 0;

  //===--- Fan-out -------------------------------------------------------===//
  int64_t extent = 1;
  DimSet spatialDims;
  std::array<FanoutMode, numTensors> modes = {
      FanoutMode::Private, FanoutMode::Private, FanoutMode::Private};
  /// The hardware cannot do otherwise than `modes` says: a wired sum takes only
  /// reduction dims, a wired broadcast only dims irrelevant to the tensor.
  TensorSet wired;
  /// Most distinct elements of a tensor that the fan-out delivers in one step.
  std::array<std::optional<int64_t>, numTensors> maxPerStep;

  FanoutMode mode(Tensor t) const { return modes[index(t)]; }
  /// Do copies along a dim share what they have of `t` in common (the union is
  /// what counts), or does each count for itself? `relevant`: t depends on the
  /// dim.
  bool shares(Tensor t, bool relevant) const {
    return mode(t) != FanoutMode::Private &&
           !(mode(t) == FanoutMode::Broadcast && relevant);
  }
};

/// Cycles of a memory's own clock that one copy of it takes for its traffic.
double trafficCycles(const Level &memory, double readBits, double writeBits);

/// Energy of electronic work (see docs/CostModel.md), by operation class.
struct VectorUnit {
  std::string name;
  std::string memory;          ///< level whose memory it reads and writes
  double elementsPerCycle = 0; ///< over all lanes
  double clockGhz = 0;
  double areaUm2 = 0, staticUw = 0;
  /// fJ per element of each operation class, indexed by OperationClass.
  llvm::SmallVector<double, 12> energyFjPerElement;
  /// Share of a contraction's time in which electronic work that follows it
  /// may run beside it: 0 waits until it is done.
  double overlap = 0;
};

struct Accelerator {
  std::string name;
  double clockGhz = 1;
  /// Bits of each operand and of an incomplete sum, indexed by Tensor.
  std::array<unsigned, numTensors> bits = {8, 8, 8};
  unsigned accumulatorBits = 16;
  /// Pipeline fill: the time until the first result of a contraction is there.
  double fillNs = 0;
  llvm::SmallVector<Level, 16> levels; // outermost first, the last is Compute
  std::optional<VectorUnit> vectorUnit;
  std::optional<LinkBudget> link;
  std::vector<Infeasibility> unmetRequirements;

  /// Optical power per wavelength at the laser, if there is a link.
  std::optional<double> laserDbm() const {
    return link ? std::optional<double>(link->laserDbm) : std::nullopt;
  }
  /// Copies of a level that exist: product of the fan-out extents above it.
  int64_t copies(unsigned level) const;
  std::optional<unsigned> findLevel(llvm::StringRef name) const;
  /// Power of everything with duty `always`, the vector unit included.
  double alwaysUw() const;
};

/// Bits of an operand or of a complete output: what the network asks for, else
/// what the accelerator works with.
inline unsigned operandBits(const Workload &workload,
                            const Accelerator &accelerator, Tensor tensor) {
  unsigned asked = workload.bits[index(tensor)];
  return asked ? asked : accelerator.bits[index(tensor)];
}

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_ACCELERATOR_H
