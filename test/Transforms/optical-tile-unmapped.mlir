// RUN: ohas-opt %s --optical-tile | FileCheck %s

// What has no mapping stays as it is.

// CHECK-LABEL: @unmapped
func.func @unmapped(%x: tensor<6x12xf32>, %w: tensor<12x10xf32>)
    -> tensor<6x10xf32> {
  // CHECK-NEXT: optical.matmul %{{.*}}, %{{.*}} : (
  %0 = optical.matmul %x, %w
      : (tensor<6x12xf32>, tensor<12x10xf32>) -> tensor<6x10xf32>
  return %0 : tensor<6x10xf32>
}
