// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that nobody who builds Assay builds its benchmarks.
let package = Package(
  name: "assay-benchmarks",
  dependencies: [.package(name: "assay", path: "..")],
  targets: [
    .executableTarget(
      name: "AssayBench",
      dependencies: [
        .product(name: "AssayDocument", package: "assay"),
        .product(name: "AssayEvaluation", package: "assay"),
        .product(name: "AssayMetrics", package: "assay"),
        .product(name: "AssayNumerics", package: "assay"),
        .product(name: "AssayTable", package: "assay"),
        .product(name: "AssayTestKit", package: "assay"),
        // The command itself is measured too.
        .product(name: "assay", package: "assay"),
      ],
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
