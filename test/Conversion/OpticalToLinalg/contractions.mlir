// Contractions become loops whose innermost runs along contiguous memory.
// RUN: ohas-opt %s --convert-optical-to-linalg | FileCheck %s

// CHECK-LABEL: func.func @conv
// CHECK: tensor.insert_slice {{.*}} into tensor<1x3x10x10xf32>
// CHECK: linalg.generic
// CHECK-SAME: outs(%{{.*}} : tensor<1x1x3x3x3x8x8xf32>)
// CHECK: linalg.generic
// CHECK-SAME: iterator_types = ["parallel", "parallel", "parallel", "reduction", "parallel"]
// CHECK-SAME: ins(%{{.*}}, %{{.*}} : tensor<1x16x27xf32>, tensor<1x1x27x64xf32>)
func.func @conv(%x: tensor<1x3x8x8xf32>, %w: tensor<16x3x3x3xf32>)
    -> tensor<1x16x8x8xf32> {
  %0 = optical.conv %x, %w pads [1, 1, 1, 1]
      : (tensor<1x3x8x8xf32>, tensor<16x3x3x3xf32>) -> tensor<1x16x8x8xf32>
  return %0 : tensor<1x16x8x8xf32>
}

// A depthwise convolution has too little to do for windows to be copied.
// CHECK-LABEL: func.func @depthwise
// CHECK-COUNT-1: linalg.generic
// CHECK-NOT: linalg.generic
func.func @depthwise(%x: tensor<1x8x8x8xf32>, %w: tensor<8x1x3x3xf32>)
    -> tensor<1x8x6x6xf32> {
  %0 = optical.conv %x, %w group 8
      : (tensor<1x8x8x8xf32>, tensor<8x1x3x3xf32>) -> tensor<1x8x6x6xf32>
  return %0 : tensor<1x8x6x6xf32>
}

// Bytes of both signs are summed in 32 bits.
// CHECK-LABEL: func.func @bytes
// CHECK: arith.extui %{{.*}} : i8 to i32
// CHECK: arith.extsi %{{.*}} : i8 to i32
func.func @bytes(%x: tensor<4x8xui8>, %w: tensor<8x4xi8>) -> tensor<4x4xi32> {
  %0 = optical.matmul %x, %w
      : (tensor<4x8xui8>, tensor<8x4xi8>) -> tensor<4x4xi32>
  return %0 : tensor<4x4xi32>
}
