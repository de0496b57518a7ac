// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The settings that every Swift target of this package is built with.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .strictMemorySafety(),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "assay",
  products: [
    .library(name: "AssayDocument", targets: ["AssayDocument"]),
    .library(name: "AssayNumerics", targets: ["AssayNumerics"]),
    .library(name: "AssayTable", targets: ["AssayTable"]),
    .library(name: "AssayMetrics", targets: ["AssayMetrics"]),
    .library(name: "AssayPrivacy", targets: ["AssayPrivacy"]),
    .library(name: "AssayUtility", targets: ["AssayUtility"]),
    .library(name: "AssayDiagnosis", targets: ["AssayDiagnosis"]),
    .library(name: "AssayFairness", targets: ["AssayFairness"]),
    .library(name: "AssayEvaluation", targets: ["AssayEvaluation"]),
    .library(name: "AssayReport", targets: ["AssayReport"]),
    .library(name: "AssayTestKit", targets: ["AssayTestKit"]),
    .executable(name: "assay", targets: ["assay"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
  ],
  targets: [
    // C libraries: one module map and one shim each.
    .systemLibrary(name: "CGSL", providers: [.apt(["libgsl-dev"]), .brew(["gsl"])]),
    .systemLibrary(
      name: "COpenBLAS", providers: [.apt(["libopenblas-dev"]), .brew(["openblas"])]),
    // No library: loops that need a wider target than the package's.
    .systemLibrary(name: "CLanes"),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"]), .brew(["zstd"])]),
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium",
      providers: [.apt(["libsodium-dev"]), .brew(["libsodium"])]),
    .systemLibrary(
      name: "CXGBoost", pkgConfig: "xgboost",
      providers: [.apt(["libxgboost-dev"]), .brew(["xgboost"])]),

    // The library, from the bottom up.
    .target(name: "AssayFiles", dependencies: ["CZlib", "CZstd", "CSodium"]),
    .target(name: "AssayDocument"),
    .target(name: "AssayNumerics", dependencies: ["CGSL", "CLanes", "COpenBLAS", "CXGBoost"]),
    .target(
      name: "AssayTable", dependencies: ["AssayFiles", "AssayDocument", "AssayNumerics", yams]),
    .target(name: "AssayMetrics", dependencies: ["AssayDocument", "AssayNumerics", "AssayTable"]),
    .target(
      name: "AssayPrivacy",
      dependencies: ["AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable"]),
    .target(name: "AssayDiagnosis", dependencies: ["AssayDocument"]),
    .target(
      name: "AssayUtility",
      dependencies: ["AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable"]),
    .target(
      name: "AssayFairness",
      dependencies: [
        "AssayDocument", "AssayMetrics", "AssayNumerics", "AssayTable", "AssayUtility",
      ]),
    .target(
      name: "AssayEvaluation",
      dependencies: [
        "AssayDiagnosis", "AssayDocument", "AssayFairness", "AssayFiles", "AssayMetrics",
        "AssayNumerics", "AssayPrivacy", "AssayTable", "AssayUtility", yams,
      ]),
    .target(name: "AssayReport", dependencies: ["AssayDocument"]),
    .target(
      name: "AssayTestKit",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable",
      ]),
    .executableTarget(
      name: "assay",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayFiles", "AssayMetrics", "AssayNumerics",
        "AssayPrivacy", "AssayReport", "AssayTable", "AssayTestKit", argumentParser, logging, yams,
      ]),

    .executableTarget(
      name: "assay-calibrate",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics",
        "AssayPrivacy", "AssayTable", "AssayTestKit",
      ]),
    .executableTarget(name: "assay-fuzz", dependencies: ["AssayFiles", "AssayTable"]),
    // The package of the tutorial, built as by somebody else: it sees what is public.
    .executableTarget(
      name: "judge",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable",
      ],
      path: "Examples/heaping/Sources/judge", packageAccess: false),

    // Tests: one target for each target above.
    .testTarget(name: "AssayFilesTests", dependencies: ["AssayFiles"]),
    .testTarget(
      name: "AssayDocumentTests", dependencies: ["AssayDocument"], exclude: ["Goldens"]),
    .testTarget(
      name: "AssayNumericsTests", dependencies: ["AssayNumerics", "CLanes", "COpenBLAS"]),
    .testTarget(
      name: "AssayTableTests",
      dependencies: ["AssayFiles", "AssayTable", "AssayDocument", "AssayTestKit", "assay-fuzz"]),
    .testTarget(
      name: "AssayMetricsTests",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable",
        "AssayTestKit",
      ]),
    .testTarget(
      name: "AssayPrivacyTests",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayPrivacy",
        "AssayTable", "AssayTestKit",
      ]),
    .testTarget(
      name: "AssayUtilityTests",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayNumerics", "AssayTable",
        "AssayTestKit", "AssayUtility",
      ]),
    .testTarget(
      name: "AssayDiagnosisTests",
      dependencies: [
        "AssayDiagnosis", "AssayDocument", "AssayEvaluation", "AssayTable", "AssayTestKit",
      ]),
    .testTarget(
      name: "AssayFairnessTests",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayFairness", "AssayMetrics", "AssayNumerics",
        "AssayTable", "AssayTestKit", "AssayUtility",
      ]),
    .testTarget(
      name: "AssayEvaluationTests",
      dependencies: [
        "AssayDocument", "AssayEvaluation", "AssayMetrics", "AssayPrivacy", "AssayReport",
        "AssayTable", "AssayTestKit",
      ]),
    .testTarget(
      name: "AssayReportTests", dependencies: ["AssayReport", "AssayDocument"],
      exclude: ["Goldens", "Schemas"]),
    .testTarget(
      name: "AssayCommandTests",
      dependencies: [
        "assay", "AssayDocument", "AssayEvaluation", "AssayFiles", "AssayNumerics", "AssayTable",
        argumentParser,
      ]),
    .testTarget(name: "AssayArchitectureTests"),
    .testTarget(
      name: "AssayTutorialTests", dependencies: ["AssayDocument", "judge"]),
    .testTarget(
      name: "judgeTests",
      dependencies: ["AssayDocument", "AssayNumerics", "AssayTable", "AssayTestKit", "judge"],
      path: "Examples/heaping/Tests/judgeTests", packageAccess: false),
  ],
  swiftLanguageModes: [.v6]
)

// For work on one part: ASSAY_ONLY=AssayTableTests,AssayFilesTests leaves out all other tests and the
// programs that are not shipped.
if let only = ProcessInfo.processInfo.environment["ASSAY_ONLY"]?.split(separator: ",") {
  package.targets.removeAll { target in
    let isAside =
      target.type == .test || ["assay-calibrate", "assay-fuzz", "judge"].contains(target.name)
    return isAside && !only.contains { $0 == target.name }
  }
}

for target in package.targets where target.type != .system {
  target.swiftSettings = strict
  if ProcessInfo.processInfo.environment["ASSAY_WARNINGS_AS_ERRORS"] == "1" {
    target.swiftSettings?.append(.treatAllWarnings(as: .error))
  }
}
