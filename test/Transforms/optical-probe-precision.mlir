// RUN: ohas-opt %s --optical-probe-precision > %t
// RUN: FileCheck %s < %t

// What is compared already is not compared again.
// RUN: ohas-opt %t --optical-probe-precision | diff %t -

// Numbers go on from those that there are; whether weights are constants is
// known to converters.
// CHECK: memref.global @ohas.layer1 : memref<8xf64> = dense<{{.*}}> {ohas.layer = {name = "codes", number = 1 : i64, products = 4.000000e+00 : f64}}
// CHECK: memref.global @ohas.layer0 : memref<8xf64> = dense<{{.*}}> {ohas.layer = {constant_weight, name = "floats", number = 0 : i64, products = 4.000000e+00 : f64}}
optical.accelerator @a {
  optical.memory @dram keeps weight, input, output
  optical.compute @mac
}

// CHECK-LABEL: func.func @layer
// CHECK: %[[MAPPED:.*]] = optical.matmul {{.*}} mapping {{.*}} {ohas.layer = 0 : i64}
// CHECK: optical.matmul %{{.*}}, %{{.*}} :
// CHECK-COUNT-5: memref.atomic_rmw addf
// CHECK-COUNT-2: memref.atomic_rmw maxnumf
// CHECK: memref.atomic_rmw addf
// CHECK: return %[[MAPPED]]
func.func @layer(%x: tensor<8x4xf32>) -> tensor<8x16xf32> {
  %w = arith.constant dense_resource<"w"> : tensor<4x16xf32>
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:16, P:8, C:4]]>
      : (tensor<8x4xf32>, tensor<4x16xf32>) -> tensor<8x16xf32> loc("floats")
  return %0 : tensor<8x16xf32>
}

// The signal is what is left when the zero points are taken off.
// CHECK-LABEL: func.func @codes
// CHECK: %[[RAW:.*]] = optical.matmul {{.*}} mapping {{.*}} {ohas.layer = 1 : i64}
// CHECK: %[[IDEAL:.*]] = optical.matmul
// CHECK: %[[SUM:.*]] = optical.electronic "ohas.ZeroPointCorrection"(%[[RAW]],
// CHECK: linalg.generic {{.*}} ins(%[[IDEAL]], %[[SUM]], %[[RAW]] :
// CHECK: return %[[SUM]]
func.func @codes(%x: tensor<8x4xui8>, %w: tensor<4x16xi8>, %zero: tensor<ui8>)
    -> tensor<8x16xi32> {
  %0 = optical.matmul %x, %w
      mapping <@a, [@dram keeps weight, input, output [M:16, P:8, C:4]]>
      : (tensor<8x4xui8>, tensor<4x16xi8>) -> tensor<8x16xi32> loc("codes")
  %1 = optical.electronic "ohas.ZeroPointCorrection"(%0, %zero, %x, %w)
      class quantization
      : (tensor<8x16xi32>, tensor<ui8>, tensor<8x4xui8>, tensor<4x16xi8>)
      -> tensor<8x16xi32>
  return %1 : tensor<8x16xi32>
}
