import Testing

@Suite struct AssayReportTestsPlaceholder {}
