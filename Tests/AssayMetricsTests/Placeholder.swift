import Testing

@Suite struct AssayMetricsTestsPlaceholder {}
