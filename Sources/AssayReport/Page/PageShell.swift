extension HTMLBuilder {
  /// The head of a page: its policy, its title, its style.
  mutating func pageHead(_ title: String) {
    let policy =
      "default-src 'none'; style-src 'sha256-\(SHA256.base64(Stylesheet.page.text))'; "
      + "script-src 'sha256-\(SHA256.base64(PageScript.page.text))'; base-uri 'none'; "
      + "form-action 'none'"
    tag(.head) { html in
      html.tag(.meta, HTMLAttribute(.charset, "utf-8"))
      html.tag(
        .meta, HTMLAttribute(.httpEquiv, "Content-Security-Policy"), HTMLAttribute(.content, policy)
      )
      html.tag(
        .meta, HTMLAttribute(.name, "viewport"),
        HTMLAttribute(.content, "width=device-width, initial-scale=1"))
      html.tag(.meta, HTMLAttribute(.name, "referrer"), HTMLAttribute(.content, "no-referrer"))
      html.tag(.meta, HTMLAttribute(.name, "robots"), HTMLAttribute(.content, "noindex"))
      html.tag(.title, text: VisibleText.clipped(title, to: 140))
      html.style(.page)
    }
  }

  /// The top of a page: title, whether it may leave the house, theme, print.
  mutating func pageBanner(_ title: String, isInternal: Bool) {
    newline()
    tag(.header, .class("top")) { html in
      html.tag(.h1) { $0.name(title, clip: 120) }
      html.tag(
        .span, .class("tag"),
        text: isInternal ? "INTERNAL · do not publish" : "EXTERNAL · \(Headline.externalForm)")
      html.tag(.fieldset) { html in
        html.tag(.legend, text: "Theme")
        let choices = [("auto", "Auto"), ("light", "Light"), ("dark", "Dark")]
        for (position, choice) in choices.enumerated() {
          html.tag(.label) { html in
            var attributes = [
              HTMLAttribute(.type, "radio"), HTMLAttribute(.name, "theme"),
              HTMLAttribute(.id, "theme-" + choice.0),
            ]
            if position == 0 { attributes.append(HTMLAttribute(.checked)) }
            html.tag(.input, attributes)
            html.text(choice.1)
          }
        }
      }
      html.tag(
        .button, HTMLAttribute(.type, "button"), HTMLAttribute(.id, "print"),
        HTMLAttribute(.hidden), text: "Print")
    }
  }
}
