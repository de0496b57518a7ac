/// The page's own stylesheet.
struct Stylesheet: Sendable {
  let text: String

  private init(_ parts: String...) { text = parts.joined(separator: "\n") }

  /// Everything that a report needs.
  static let page = Stylesheet(colours, base, summary, blocks, charts, print)

  /// Light first; browsers that know `light-dark()` follow the reader's choice.
  private static let colours = """
    :root{color-scheme:light dark;--bg:#fff;--panel:#f5f5f2;--ink:#1b1d20;--soft:#55585e;
    --line:#d9d9d3;--link:#0a559c;--good:#12633f;--bad:#ab1f17;--open:#744c00;--real:#0b62a4;
    --area:#0b62a422;--synthetic:#c2410c;--holdout:#5f6368}
    @supports (color:light-dark(red,red)){:root{--bg:light-dark(#fff,#14161a);
    --panel:light-dark(#f5f5f2,#1e2127);--ink:light-dark(#1b1d20,#e9e9e7);
    --soft:light-dark(#55585e,#adb1b8);--line:light-dark(#d9d9d3,#3a3e46);
    --link:light-dark(#0a559c,#8cc2ff);--good:light-dark(#12633f,#74d3a2);
    --bad:light-dark(#ab1f17,#ff9f93);--open:light-dark(#744c00,#edc06e);
    --real:light-dark(#0b62a4,#6db3f2);--area:light-dark(#0b62a422,#6db3f233);
    --synthetic:light-dark(#c2410c,#ff9d5c);--holdout:light-dark(#5f6368,#b9bdc4)}}
    :root:has(#theme-light:checked){color-scheme:light}
    :root:has(#theme-dark:checked){color-scheme:dark}
    """

  private static let base = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;scroll-padding-top:1rem}
    body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,
    "Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:break-word}
    header,main,footer,nav{max-width:74rem;margin:0 auto;padding:0 1.25rem}
    a{color:var(--link)}
    :focus-visible{outline:3px solid var(--link);outline-offset:2px;border-radius:2px}
    .skip{position:absolute;left:-99rem;background:var(--bg);padding:.5rem 1rem}
    .skip:focus{left:.5rem;top:.5rem;z-index:2}
    h1{font-size:1.15rem;margin:0;font-weight:600}
    h2{font-size:1.5rem;line-height:1.2;margin:0 0 .25rem}
    h3{font-size:1.02rem;margin:0}
    h4{font-size:.9rem;margin:1rem 0 .25rem}
    p{margin:.35rem 0}
    small,.small{font-size:.85rem;color:var(--soft)}
    code,pre{font:.85em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",
    monospace;overflow-wrap:anywhere}
    pre{white-space:pre-wrap;background:var(--panel);padding:.75rem 1rem;margin:.5rem 0}
    bdi{overflow-wrap:anywhere}
    [hidden]{display:none!important}
    .top{display:flex;flex-wrap:wrap;gap:.5rem 1.25rem;align-items:center;
    padding-top:1rem;padding-bottom:.75rem}
    .top h1{margin-right:auto}
    .tag{font-size:.8rem;letter-spacing:.02em;border:1px solid var(--bad);color:var(--bad);
    padding:.1rem .5rem;border-radius:3px}
    fieldset{border:0;margin:0;padding:0;display:flex;gap:.7rem;font-size:.85rem}
    legend{float:left;padding:0;margin-right:.2rem;color:var(--soft)}
    label{display:inline-flex;gap:.25rem;align-items:center}
    input[type=radio]{accent-color:var(--link);margin:0}
    button,input[type=search]{font:inherit;color:inherit;background:var(--bg);
    border:1px solid var(--soft);border-radius:4px;padding:.15rem .6rem}
    .top button{font-size:.85rem}
    nav ul{display:flex;flex-wrap:wrap;gap:.1rem 1.1rem;list-style:none;margin:0;padding:.45rem 0;
    border-top:1px solid var(--line);border-bottom:1px solid var(--line);font-size:.9rem}
    main>section{padding:2.25rem 0 .5rem}
    main>section+section{border-top:1px solid var(--line);margin-top:2rem}
    .lead{max-width:46rem}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;font-size:.9rem;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-size:.85rem;color:var(--soft);padding:.25rem 0}
    th,td{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;
    border-bottom:1px solid var(--line)}
    thead th{font-weight:600;font-size:.82rem;color:var(--soft);vertical-align:bottom}
    tbody th{font-weight:500}
    td.n,th.n{text-align:right}
    td.n,.flag{white-space:nowrap}
    .card table{font-size:.85rem}.card tbody th{min-width:7rem}tr.more>*{border-bottom:0;padding-bottom:0}.card th,.card td{padding-right:.5rem}
    .sheet tbody th{min-width:9rem}.sheet td{min-width:5.5rem}.scroll bdi{overflow-wrap:break-word}
    th button{border:0;background:none;padding:0;font-weight:600;text-align:inherit;cursor:pointer;
    text-decoration:underline dotted}
    th[aria-sort=descending] button::after{content:" ▾"}
    th[aria-sort=ascending] button::after{content:" ▴"}
    details>summary{cursor:pointer;color:var(--link)}
    details.fold{margin:.6rem 0}
    .card .fold{margin:.25rem 0}
    .lead .good{color:var(--good)}.lead .bad{color:var(--bad)}.lead .undecided{color:var(--open)}
    """

  private static let summary = """
    .status{margin:0;font-size:.95rem;color:var(--soft)}
    .status strong{display:inline-block;color:var(--ink);font-size:1.05rem;letter-spacing:.05em;
    text-transform:uppercase;margin-right:.8rem}
    .status .bad{color:var(--bad)}.status .good{color:var(--good)}
    .status .undecided{color:var(--open)}
    .headline{font-size:clamp(1.45rem,3.4vw,2.1rem);line-height:1.2;font-weight:600;
    letter-spacing:-.01em;margin:.35rem 0 1.4rem;max-width:56rem;text-wrap:balance}
    .answers{list-style:none;margin:0;padding:0;display:grid;gap:0 1.5rem;
    grid-template-columns:repeat(5,minmax(0,1fr))}
    .answers li{border-top:4px solid var(--soft);padding:.6rem 0 1rem}
    .answers .q{display:block;font-size:.9rem;color:var(--soft)}
    .answers .w{display:block;font-size:1.2rem;font-weight:650;line-height:1.25}
    .answers p{font-size:.9rem;margin:.3rem 0 0}
    .answers .good{border-color:var(--good)}.answers .good .w{color:var(--good)}
    .answers .bad{border-color:var(--bad)}.answers .bad .w{color:var(--bad)}
    .answers .undecided{border-color:var(--open)}.answers .undecided .w{color:var(--open)}
    .answers .notJudged{border-top-style:dashed;border-color:var(--line)}
    .answers .notJudged .w{color:var(--soft)}
    .label{font-size:.85rem;letter-spacing:.07em;text-transform:uppercase;font-weight:700;
    margin:1.4rem 0 .5rem}
    .fixes{list-style:none;margin:0;padding:0;display:grid;gap:1rem 1.5rem;
    grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),1fr))}
    .fixes li{background:var(--panel);padding:.85rem 1rem;border-radius:4px}
    .fixes .no{color:var(--bad);font-weight:700;margin-right:.35rem}
    .fixes p{font-size:.92rem}
    .two{display:grid;gap:0 2.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr))}
    .two ul{margin:0;padding-left:1.1rem}
    .facts{display:flex;flex-wrap:wrap;gap:.2rem 2rem;margin:1.4rem 0 .2rem;padding:.7rem 0 0;
    border-top:1px solid var(--line);font-size:.9rem}
    .facts div{display:flex;gap:.4rem}
    .facts dt{color:var(--soft)}.facts dd{margin:0}
    """

  private static let blocks = """
    .metric{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1.25fr);gap:.3rem 2rem;
    padding:1rem 0;border-top:1px solid var(--line)}
    .metric h4{margin:0 0 .2rem;font-size:1rem}
    .metric p{font-size:.9rem;margin:.15rem 0}
    .readings{list-style:none;margin:0;padding:0}
    .readings>li{display:grid;grid-template-columns:11rem minmax(0,1fr);gap:0 1.25rem;
    padding-bottom:.6rem}
    .readings .v{font-size:1.15rem;font-weight:600;font-variant-numeric:tabular-nums}
    .measures{list-style:none;margin:0;padding:0}
    .measures>li{border-top:1px solid var(--line)}
    .measures summary{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,16rem) 8rem 12rem;
    gap:.1rem 1.25rem;align-items:center;padding:.35rem 0;color:inherit;list-style:none}
    .measures summary::-webkit-details-marker{display:none}
    .measures summary .name::before{content:"▸ ";color:var(--link)}
    .measures details[open] .name::before{content:"▾ "}
    .measures summary:hover .name{text-decoration:underline}
    .measures .place{font-size:.85rem;color:var(--soft)}
    .measures summary .v{font-weight:600;text-align:right;font-variant-numeric:tabular-nums}
    .measures .metric{border:0;padding:.2rem 0 1rem 1.1rem}
    .swatch{display:inline-block;width:.9rem;height:.9rem;vertical-align:-.12rem;margin:0 .2rem}
    .ends{display:flex;justify-content:space-between;gap:1rem;font-size:.8rem;color:var(--soft);
    max-width:22rem;line-height:1.3}
    .ends span:last-child{text-align:right}
    .cards{display:grid;gap:1.75rem 2rem;
    grid-template-columns:repeat(auto-fill,minmax(min(100%,21.5rem),1fr))}
    .cards.folded{display:block}
    .card{border-top:2px solid var(--ink);padding-top:.5rem;min-width:0}
    .card h3{display:inline}
    details.card{border-top:1px solid var(--line);padding:.35rem 0}
    details.card>summary{color:inherit}
    details.card[open]{max-width:42rem;padding-bottom:1.5rem}
    .card .kind{font-size:.85rem;font-weight:400;color:var(--soft);margin-left:.5rem}
    .card .scale{max-width:8rem}
    figure{margin:.5rem 0}
    figcaption{font-size:.85rem;color:var(--soft)}
    .card ul,td ul,th ul{margin:.2rem 0;padding-left:1.1rem;font-weight:400}
    .key{display:inline-block;width:1.4rem;height:0;border-top:3px solid;vertical-align:middle;
    margin:0 .3rem 0 0}
    .entry{display:inline-block;max-width:100%;margin-right:.7rem}
    .key.box{width:.8rem;height:.6rem;border:1px solid}
    .box.k-real{background:var(--real)}.box.k-synthetic{background:var(--synthetic)}
    .k-real{border-color:var(--real)}.k-synthetic{border-color:var(--synthetic)}
    .k-holdout{border-top:2px dashed var(--holdout)}.box.k-holdout{border:1px solid var(--holdout)}
    .k-yardstick{border-top:3px dotted var(--real)}
    .box.k-yardstick{border:2px solid var(--real);border-radius:50%;width:.7rem;height:.7rem}
    .lists{columns:3 18rem;column-gap:2rem}.lists>details{break-inside:avoid;margin:0 0 .5rem}
    .lists>details[open]{column-span:all}
    .diagnoses{list-style:none;margin:0;padding:0;display:grid;gap:1.1rem 2.5rem;
    grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr))}
    .paper{display:none}
    .filter{display:flex;gap:.6rem;margin:.6rem 0;flex-wrap:wrap}
    .findings{padding-left:1.1rem;margin:.4rem 0}
    .findings li{margin:.35rem 0;max-width:52rem}
    .sev{font-weight:650}.sev.error{color:var(--bad)}.sev.warning{color:var(--open)}
    .method dl{display:grid;grid-template-columns:9rem minmax(0,1fr);gap:.2rem 1rem;
    margin:.5rem 0 1rem;font-size:.9rem}
    .method dt{color:var(--soft);grid-column:1}.method dd{margin:0;grid-column:2}
    .hash{overflow-wrap:anywhere}
    footer{padding-top:2rem;padding-bottom:3rem;color:var(--soft);font-size:.85rem}
    @media (max-width:60rem){.answers{grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr))}
    .metric{grid-template-columns:minmax(0,1fr)}}
    @media (max-width:34rem){.answers{grid-template-columns:minmax(0,1fr)}
    .answers li{padding-bottom:.7rem}
    .readings>li{grid-template-columns:minmax(0,1fr)}
    .scroll :is(td,tbody th):first-child{min-width:8rem}
    .cells :is(td,tbody th):first-child{min-width:0}
    .measures summary{grid-template-columns:minmax(0,1fr) auto}
    .measures .place{grid-row:2;grid-column:1/3}.measures summary .small{display:none}
    .method dl{grid-template-columns:minmax(0,1fr);gap:0}
    .method dt,.method dd{grid-column:1}.method dd{margin-bottom:.5rem}
    header,main,footer,nav{padding-left:1rem;padding-right:1rem}}
    """

  private static let charts = """
    svg{display:block;max-width:100%;height:auto;overflow:visible}
    svg text{font-size:10.5px;fill:var(--soft);font-variant-numeric:tabular-nums}
    svg .marker{fill:var(--ink)}
    .chart{width:100%;max-width:30rem}
    .grid{stroke:var(--line);stroke-width:1;fill:none}
    .axis{stroke:var(--soft);stroke-width:1;fill:none}
    .area{fill:var(--area);stroke:none}
    .line{fill:none;stroke-width:1.8;stroke-linejoin:round}
    .mass{fill:none;stroke-width:3.5}
    .s-real{stroke:var(--real)}.s-synthetic{stroke:var(--synthetic);stroke-width:2.2}
    .s-yardstick{stroke:var(--real);stroke-dasharray:1.5 3;stroke-width:2.2}
    .s-holdout{stroke:var(--holdout);stroke-width:1.4;stroke-dasharray:4 3}
    .mass.s-real,.mass.s-synthetic{stroke-width:3.5}
    .mass.s-holdout{stroke-width:1.6;stroke-dasharray:none}
    .b-real{fill:var(--real)}.b-synthetic{fill:var(--synthetic)}
    .b-holdout{fill:var(--bg);stroke:var(--holdout)}
    .b-yardstick{fill:var(--bg);stroke:var(--real);stroke-width:1.6}
    .marked{stroke:var(--ink);stroke-width:1;stroke-dasharray:2 2;fill:none}
    .scale{width:100%;max-width:22rem}
    .track{stroke:var(--soft);stroke-width:1.5;fill:none}
    .range{stroke:var(--ink);stroke-width:11;stroke-opacity:.28;fill:none}
    .dot{fill:var(--ink)}
    .heat{width:100%;max-width:44rem}
    .heat [data-place]{cursor:pointer}tr:target{outline:2px solid var(--link);outline-offset:-2px}
    .h0{fill:var(--panel);background:var(--panel)}
    .hw1,.hw2,.hw3,.hw4,.hw5{fill:var(--synthetic);background:var(--synthetic)}
    .hs1,.hs2,.hs3,.hs4,.hs5{fill:var(--real);background:var(--real)}
    .hw1,.hs1{opacity:.15}.hw2,.hs2{opacity:.32}.hw3,.hs3{opacity:.5}.hw4,.hs4{opacity:.75}
    .contour{fill:none;stroke-width:1.3;stroke-linejoin:round}.contour.s-real{fill:var(--area)}
    .contour.s-holdout{stroke-width:1.5;stroke-dasharray:3.5 2.5}
    .contour.s-synthetic{stroke-width:1.9;stroke-dasharray:10 2.5 2 2.5}
    .stroke{display:inline-block;width:2.1rem;vertical-align:-.1rem;margin:0 .3rem 0 0}
    .panels{display:grid;gap:.5rem 2rem;max-width:58rem;
    grid-template-columns:repeat(auto-fit,minmax(min(100%,18rem),1fr))}
    .plane{width:100%;max-width:28rem}
    .r1,.r2,.r3,.r4{--mix:var(--real)}.s1,.s2,.s3,.s4{--mix:var(--synthetic)}
    .r1,.s1{background:color-mix(in srgb,var(--mix) 10%,var(--bg))}
    .r2,.s2{background:color-mix(in srgb,var(--mix) 20%,var(--bg))}
    .r3,.s3{background:color-mix(in srgb,var(--mix) 32%,var(--bg))}
    .r4,.s4{background:color-mix(in srgb,var(--mix) 46%,var(--bg))}
    a.small{color:var(--link)}#pairs [data-rows] th{min-width:11rem}
    #pairs [data-rows] td:first-of-type{min-width:8rem}#pairs [data-rows] td:last-child{min-width:14rem}
    .cells table{width:auto;font-size:.8rem}.cells td,.cells thead th{text-align:right;
    padding:.2rem .45rem;white-space:nowrap;vertical-align:bottom}
    .cells bdi{overflow-wrap:normal}.cells tbody th,.cells caption{white-space:nowrap}
    .probe{position:relative}.probe>svg{cursor:crosshair}.probe:has(>.chart){max-width:30rem}
    .probe:has(>.plane){max-width:28rem}.probe:has(>.heat){max-width:44rem}
    .readout{position:absolute;left:0;bottom:100%;z-index:3;margin:0;padding:.15rem .5rem;
    max-width:100%;background:var(--ink);color:var(--bg);font-size:.82rem;border-radius:3px;
    pointer-events:none}
    .cursor{stroke:var(--ink);stroke-width:1;fill:none;pointer-events:none}
    svg .on{stroke:var(--ink);stroke-width:2;opacity:1}
    .tiny{width:100%;max-width:15rem;margin:.4rem 0}
    .tiny text{font-size:11.5px;fill:var(--ink)}
    """

  private static let print = """
    @page{margin:13mm}
    @media print{:root,:root:has(input:checked){color-scheme:light}
    html{font-size:11px}
    header,main,footer,nav{max-width:none;padding:0}
    .skip,fieldset,nav,.filter,#print,.readout,.cursor{display:none!important}
    [data-rows]>[hidden]{display:revert!important}
    main>section{padding:1rem 0 .5rem}
    main>section+section{margin-top:1rem}
    .facts dt{break-after:auto}.facts{break-inside:avoid}.card h3{display:block}
    .models .card{break-inside:avoid}
    #valid,#looks-real,#columns,#pairs,#leaks,#method{break-before:page;border:0!important}
    .metric,.fixes li,.answers li,figure,tr,li,dt{break-inside:avoid}
    h2,h3,h4,summary,caption,dt,.lead,.measures+p{break-after:avoid}
    thead{display:table-header-group}
    th,td{padding-top:.15rem;padding-bottom:.15rem}
    .scroll{overflow:visible}.scroll bdi{overflow-wrap:anywhere}
    .answers{grid-template-columns:repeat(5,minmax(0,1fr));gap:0 1rem}
    .fixes{grid-template-columns:repeat(3,minmax(0,1fr))}
    .two{grid-template-columns:1fr 1fr}
    .metric{grid-template-columns:minmax(0,1fr) minmax(0,1.25fr)}
    .readings>li{grid-template-columns:11rem minmax(0,1fr)}
    details:not(.deep)::details-content{content-visibility:visible;display:block;height:auto}
    details.deep:not([open]){display:none}
    .paper{display:block}
    .lists{columns:2;column-gap:1.6rem}.lists.tables{columns:1}.lists>.method{break-inside:auto}.lists>details,.lists>details[open]{column-span:none}
    .method dl{grid-template-columns:5.5rem minmax(0,1fr);font-size:.8rem;gap:.1rem .6rem}
    details>summary{color:inherit;list-style:none}
    .cards,.cards.folded{display:block;columns:3;column-gap:1.5rem}
    .cards.models{columns:2}.cards>figure{margin:0 0 .8rem}
    .card{margin-bottom:1.2rem}.card h3,.card .kind{break-after:avoid}
    .measures summary{grid-template-columns:minmax(0,1fr) minmax(0,16rem) 8rem 12rem}
    .area,.bar,.key,.swatch,.heat rect,.plane path,.cells td,.fixes li{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    a{color:inherit}}
    """
}
