/// Words that sentences of this program are made of.
///
/// A column may be called `rows` or `real`. Where such a word stands bare in a sentence nobody can tell
/// whether it is the column; what to do then is decided in ``WordsForOutsiders``. Words that are lacking
/// here cost style, not secrecy: they are replaced wherever they stand.
struct OrdinaryWords {
  private let words: Set<String>

  init() { words = Set(Self.common.split(whereSeparator: \.isWhitespace).map(String.init)) }

  /// Whether a name could as well be words of a sentence.
  func hold(_ name: String) -> Bool {
    let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }
    return isPlain && Self.words(of: name).allSatisfy { words.contains($0) || Int($0) != nil }
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  private static let common = """
    a able about above absent accuracy accused added advisory after again against all allowed
    alone also always an anchor and another any apart are area around as asked assay association
    at attack attacks attribute auc away bad bands base be because been before begins being
    belongs below beside better between beyond bits blank blanks boolean bound bounds broken
    budget but by calls can cannot case cases category cause cell cells certain chance change
    changes check checks claim class classes closer closest coarser code codes coefficient
    coefficients column columns combination combinations common commoner compare compared compares
    comparison constant contaminated copied copies copy count counted counts covered data date
    dates datetime day days decide decided decimal decimals declare declared defined dependence
    depends details diagnosis differ difference differences different differs digits dimension
    direct distance distances distinct distribution do does done draw drawn draws drift drop each
    earlier easier edge effect eight either else embedding empty end ends enough entity epsilon
    error estimate evaluate evaluated even event events every evidence exact example excess
    exclude excluded expected explain explained explains exposed fair fairness faith far feature
    features few fewer fidelity fields file files find finding finds finer first fit five fixed
    flag floor for form forms formula found four fourth free fresh from further gain gap generator
    gets give given gives go goes good group groups had half halves harm has have header held
    helps here high higher highest histogram history hold holdout holds how identifier if in
    inside integer intended interval invented is it its joint judge judged judges k keep keeps
    kept key keys kind knows label lack lacking lacks large larger largest last leak leaks learn
    learned learner least leave left length less let level levels lie lies like likely limit
    limits line list listed little log long look looks loss lost low lower lowest made make makes
    margin marginal marked mask matched matter may mean means measure measured measures median
    membership metric metrics middle minimum missed missing mixed mode model models moment month
    more most moved much multiple must n name named names near nearer nearest need needs never new
    next nine no noise none nor normal not nothing notice now number numbers numeric of off on
    once one ones only open optional or order ordinal other others out outside over overlap own p
    pair pairs part parts passed passes past pattern patterns people per percent period
    permutation person plan planned planted point points policy pool pooled positive possible
    power predict predicted prediction preset previous privacy problem purpose quality quantile
    quantiles question random range ranges rank rare rarer rate rates ratio raw read reading real
    reason record records reference refused regression relation relations release remain repeat
    repeated replaced required requirement result right role room rounded row rows rule run runs
    same sample samples say says scale score scores second see seed seen segment sensitive
    separate set seven several severity shape share shares shift shifted short should show shown
    shows shuffled side sides sign single singular six size sizes skewness small smaller smallest
    so some spelling spread standard start state status step still strata stronger structure
    subject such sum survival synthetic table tables tail tails taken target targets task tell
    tells ten tenth term terms test tests text than that the their them then there these they
    third this those three through time times to together told too top total trained training
    trees tried true try twice twin two type types unable undecided under unit unknown unlike
    unseen until up upper us use used useful user utility valid value values variance vary verdict
    version very waived was way weak weaker weakest weekday weight weights well were what when
    where whether which while whole why width will with within without word words worst would
    writes written wrong year years yes yet zero
    """
}
