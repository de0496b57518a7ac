import AssayNumerics

/// Statistics whose cost is a sort, over one column of 17-digit decimals of each table.
extension Run {
  private func samples() throws -> (first: [Double], second: [Double]) {
    (try numbers("x5", of: table(real)), try numbers("x5", of: table(synthetic)))
  }

  func sorting() throws -> Outcome {
    let values = try numbers("x5", of: table(real))
    return timed {
      let sorted = sortedCopy(values.span)
      return [sorted[0], sorted[sorted.count / 2], sorted[sorted.count - 1]]
    }
  }

  func kolmogorovSmirnov() throws -> Outcome {
    let (first, second) = try samples()
    return try timed {
      let x = sortedCopy(first.span)
      let y = sortedCopy(second.span)
      let found = try KolmogorovSmirnov(sorted: x.span, y.span)
      _ = found.pValue(sorted: x.span, y.span, costLimit: 0)
      return [found.statistic]
    }
  }

  func wasserstein() throws -> Outcome {
    let (first, second) = try samples()
    return try timed {
      let x = sortedCopy(first.span)
      let y = sortedCopy(second.span)
      return [try wasserstein1(sorted: x.span, y.span)]
    }
  }

  func midrank() throws -> Outcome {
    let values = try numbers("i4", of: table(real))
    return timed {
      let ranks = midranks(values.span)
      return [ranks[0], ranks[ranks.count - 1]]
    }
  }

  func spearman() throws -> Outcome {
    let table = try table(real)
    let x = try numbers("i4", of: table)
    let y = try numbers("x5", of: table)
    let count = min(x.count, y.count)
    return try timed {
      [try spearmanCorrelation(x.span.extracting(0..<count), y.span.extracting(0..<count))]
    }
  }
}
