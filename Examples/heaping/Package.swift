// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "heaping",
  dependencies: [
    .package(name: "assay", path: "../..")
  ],
  targets: [
    .executableTarget(
      name: "judge",
      dependencies: [
        .product(name: "AssayDocument", package: "assay"),
        .product(name: "AssayEvaluation", package: "assay"),
        .product(name: "AssayMetrics", package: "assay"),
        .product(name: "AssayNumerics", package: "assay"),
        .product(name: "AssayTable", package: "assay"),
      ]),
    .testTarget(
      name: "judgeTests",
      dependencies: ["judge", .product(name: "AssayTestKit", package: "assay")]),
  ]
)
