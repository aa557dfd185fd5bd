//===- OpticalOps.td - All operations of the dialect -------*- tablegen -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_OPTICAL_OPS
#define OHAS_OPTICAL_OPS

include "ohas/Optical/OpticalAcceleratorOps.td"
include "ohas/Optical/OpticalLinkOps.td"
include "ohas/Optical/OpticalComputeOps.td"
include "ohas/Optical/OpticalTileOps.td"
include "ohas/Optical/OpticalTypes.td"

#endif // OHAS_OPTICAL_OPS
