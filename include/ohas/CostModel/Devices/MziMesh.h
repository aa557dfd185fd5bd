//===- MziMesh.h - Mesh of interferometers ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A mesh of 2 x 2 interferometers between neighbouring modes makes any unitary
// matrix from modes (modes - 1) / 2 of them, in a rectangular (Clements) or a
// triangular (Reck) arrangement; any other matrix takes two meshes and a column
// of attenuators between (singular values).
//
// Rectangular: Lightening-Transformer artifact (HPCA 2024),
// hardware/photonic_MZI.py, which has for 12 modes 132 = 2 x 66 interferometers
// and a path of 25 = 2 x 12 + 1, with 0.99 dB, 180 x 100 um and 2 us response.
// Triangular: derived from the arrangement (assumed: Reck's). Loss of a mesh =
// depth x dB of an interferometer.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_MZIMESH_H
#define OHAS_COSTMODEL_DEVICES_MZIMESH_H

namespace ohas::cost::device {

double meshMzis(double modes);
/// Interferometers on the longest path: as many columns as modes, or one column
/// less below three modes.
double rectangularMeshDepth(double modes);
/// 2 x modes - 3.
double triangularMeshDepth(double modes);

/// Time to set a mesh, `atOnce` interferometers together: ceil(MZIs / at once)
/// x response. The artifact sets all together.
double meshProgramNs(double mzis, double atOnce, double responseNs);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_MZIMESH_H
