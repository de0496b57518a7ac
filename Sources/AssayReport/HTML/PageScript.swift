/// A script of the page's own.
///
/// The page is complete without it.
struct PageScript: Sendable {
  let text: String

  private init(_ text: String) { self.text = text }

  /// Sorts tables, filters lists, and opens what is folded before printing.
  static let page = PageScript(
    #"""
    'use strict';
    (() => {
      const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
      for (const label of all('[data-filter]')) {
        const rows = all('[data-rows="' + label.dataset.filter + '"] > *');
        const input = label.querySelector('input');
        const count = label.querySelector('span');
        label.hidden = false;
        input.addEventListener('input', () => {
          const wanted = input.value.trim().toLowerCase();
          let shown = 0;
          for (const row of rows) {
            const hit = row.querySelector('h3, th').textContent.toLowerCase().includes(wanted);
            row.hidden = !hit;
            shown += hit ? 1 : 0;
          }
          count.textContent = wanted ? shown + ' of ' + rows.length : '';
        });
      }
      for (const head of all('th[data-sort]')) {
        const button = document.createElement('button');
        button.type = 'button';
        button.textContent = head.textContent;
        head.replaceChildren(button);
        button.addEventListener('click', () => {
          const before = head.getAttribute('aria-sort');
          const isText = !head.classList.contains('n') && head.cellIndex < 2;
          const up = before ? before === 'descending' : isText;
          for (const other of head.parentElement.children) other.removeAttribute('aria-sort');
          head.setAttribute('aria-sort', up ? 'ascending' : 'descending');
          const body = head.closest('table').tBodies[0];
          const key = (row) => {
            const cell = row.cells[head.cellIndex];
            return 'sort' in cell.dataset ? parseFloat(cell.dataset.sort) : cell.textContent;
          };
          const order = (a, b) => {
            if (typeof a === 'number' && typeof b === 'number') return a - b || 0;
            return String(a).localeCompare(String(b));
          };
          const rows = [...body.rows].map((row) => [key(row), row]);
          rows.sort((a, b) => (up ? order(a[0], b[0]) : order(b[0], a[0])));
          body.append(...rows.map((row) => row[1]));
        });
      }
      const print = document.getElementById('print');
      print.hidden = false;
      print.addEventListener('click', () => window.print());
      let opened = [];
      addEventListener('beforeprint', () => {
        opened = all('details:not([open])');
        for (const part of opened) part.open = true;
      });
      addEventListener('afterprint', () => {
        for (const part of opened) part.open = false;
      });
      const reveal = () => {
        const place = document.getElementById(location.hash.slice(1));
        if (place && place.tagName === 'DETAILS') place.open = true;
        const inside = place && place.tagName === 'TR' && place.querySelector('details');
        if (inside) inside.open = true;
      };
      for (const map of all('svg.heat')) {
        map.addEventListener('click', (event) => {
          const cell = event.target.closest('[data-place]');
          if (!cell) return;
          location.hash = cell.dataset.place;
          reveal();
        });
      }
      addEventListener('hashchange', reveal);
      reveal();
    })();
    """#)
}
