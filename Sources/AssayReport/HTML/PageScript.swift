/// A script of the page's own.
///
/// The page is complete without it.
struct PageScript: Sendable {
  let text: String

  private init(_ text: String) { self.text = text }

  /// Sorts tables, filters lists, opens what is folded before printing, and reads values out of charts:
  /// a chart becomes one stop of the keyboard, whose marks the arrow keys go through.
  static let page = PageScript(
    #"""
    'use strict';
    (() => {
      const all = (selector, root) => [...(root || document).querySelectorAll(selector)];
      // Opens what a mark is folded into.
      const unfold = (mark) => {
        for (let at = mark.parentElement; at; at = at.parentElement) {
          if (at.tagName === 'DETAILS') at.open = true;
        }
      };
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
            if (hit && wanted) unfold(row);
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
          // Rows that are folded away are sorted with those in sight, which stay as many.
          const own = head.closest('table').tBodies[0];
          const bodies = own.dataset.rows
            ? all('tbody[data-rows="' + own.dataset.rows + '"]') : [own];
          for (const body of bodies) {
            const heads = body.closest('table').tHead.rows[0].cells;
            for (const other of heads) other.removeAttribute('aria-sort');
            heads[head.cellIndex].setAttribute('aria-sort', up ? 'ascending' : 'descending');
          }
          const key = (row) => {
            const cell = row.cells[head.cellIndex];
            return 'sort' in cell.dataset ? parseFloat(cell.dataset.sort) : cell.textContent;
          };
          const order = (a, b) => {
            if (typeof a === 'number' && typeof b === 'number') return a - b || 0;
            return String(a).localeCompare(String(b));
          };
          const sizes = bodies.map((body) => body.rows.length);
          const rows = bodies.flatMap((body) => [...body.rows]).map((row) => [key(row), row]);
          rows.sort((a, b) => (up ? order(a[0], b[0]) : order(b[0], a[0])));
          for (const [place, body] of bodies.entries()) {
            body.append(...rows.splice(0, sizes[place]).map((row) => row[1]));
          }
        });
      }
      const print = document.getElementById('print');
      print.hidden = false;
      print.addEventListener('click', () => window.print());
      let opened = [];
      addEventListener('beforeprint', () => {
        opened = all('details:not([open]):not(.deep)');
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
        if (place) unfold(place);
      };
      const box = (mark) => {
        const of = (name) => parseFloat(mark.getAttribute(name) || '0');
        return mark.tagName === 'circle'
          ? [of('cx'), of('cy')] : [of('x') + of('width') / 2, of('y') + of('height') / 2];
      };
      // What can be read out of a chart: a text and a place for each mark.
      const marked = (svg) => all('rect, circle', svg).filter((mark) => mark.querySelector('title'))
        .map((mark) => {
          const title = mark.querySelector('title');
          const text = title.textContent;
          title.remove();
          return { text, at: box(mark), mark };
        });
      const tabled = (svg) => {
        let next = svg.closest('figure').nextElementSibling;
        while (next && next.tagName !== 'DETAILS') next = next.nextElementSibling;
        const table = next && next.querySelector('table');
        if (!table) return [];
        const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent.toLowerCase());
        return svg.dataset.at.split(';').map((pair, index) => {
          const row = table.tBodies[0].rows[index];
          if (!pair || !row) return null;
          const words = [...row.cells].map((cell, column) =>
            column ? heads[column] + ' ' + cell.textContent : cell.textContent);
          return { text: words[0] + ': ' + words.slice(1).join(', '), at: pair.split(' ').map(Number) };
        }).filter((stop) => stop);
      };
      const celled = (svg) => {
        const [left, top, size, count] = svg.dataset.axis.split(' ').map(Number);
        const names = svg.dataset.name.split('|');
        return svg.dataset.cells.split(';').map((entry) => {
          const cell = parseInt(entry, 10);
          const shares = entry.slice(entry.indexOf(' ') + 1).split('|');
          return {
            text: names.map((name, i) => name + ' ' + (shares[i] || 'too few rows')).join(', '),
            at: [left + (cell % count + 0.5) * size / count,
              top + size - (Math.floor(cell / count) + 0.5) * size / count]
          };
        });
      };
      let hideOther = () => {};
      const probe = (svg) => {
        const axis = svg.dataset.cells ? 'both' : svg.dataset.axis || 'both';
        let stops = null;
        let current = -1;
        const frame = document.createElement('div');
        const readout = document.createElement('p');
        const cursor = document.createElementNS('http://www.w3.org/2000/svg', 'path');
        frame.className = 'probe';
        frame.tabIndex = 0;
        readout.className = 'readout';
        readout.hidden = true;
        cursor.setAttribute('class', 'cursor');
        frame.setAttribute('role', 'slider');
        frame.setAttribute('aria-label', svg.getAttribute('aria-label') + ', value by value');
        frame.setAttribute('aria-valuemin', '1');
        frame.setAttribute('aria-valuenow', '1');
        const own = svg.querySelector(':scope > title');
        if (own) own.remove();
        svg.replaceWith(frame);
        frame.append(svg, readout);
        svg.append(cursor);
        const load = () => {
          if (stops) return;
          stops = svg.dataset.cells ? celled(svg) : svg.dataset.at ? tabled(svg) : marked(svg);
          frame.setAttribute('aria-valuemax', String(stops.length));
        };
        const hide = () => {
          readout.hidden = true;
          cursor.removeAttribute('d');
          if (current >= 0 && stops[current].mark) stops[current].mark.classList.remove('on');
        };
        const show = (index) => {
          if (!stops[index]) return;
          if (hideOther !== hide) hideOther();
          hideOther = hide;
          if (current >= 0 && stops[current].mark) stops[current].mark.classList.remove('on');
          current = index;
          const stop = stops[index];
          readout.textContent = stop.text;
          readout.hidden = false;
          frame.setAttribute('aria-valuenow', String(index + 1));
          frame.setAttribute('aria-valuetext', stop.text);
          if (stop.mark) return stop.mark.classList.add('on');
          const view = svg.viewBox.baseVal;
          const [x, y] = stop.at;
          cursor.setAttribute('d', axis === 'x' ? 'M' + x + ' 12V' + (view.height - 34)
            : axis === 'y' ? 'M' + x + ' ' + y + 'H' + (view.width - 8)
            : 'M' + (x - 6) + ' ' + y + 'h12M' + x + ' ' + (y - 6) + 'v12');
        };
        const nearest = (x, y) => {
          const far = (stop) => {
            const dx = axis === 'y' ? 0 : stop.at[0] - x;
            const dy = axis === 'x' ? 0 : stop.at[1] - y;
            return dx * dx + dy * dy;
          };
          let best = -1;
          stops.forEach((stop, index) => {
            if (best < 0 || far(stop) < far(stops[best])) best = index;
          });
          return best;
        };
        const step = (dx, dy) => {
          if (axis !== 'both') return Math.min(stops.length - 1, Math.max(0, current + dx + dy));
          const from = stops[current].at;
          const cost = (stop) => {
            const along = (stop.at[0] - from[0]) * dx + (stop.at[1] - from[1]) * dy;
            const aside = Math.abs((stop.at[0] - from[0]) * dy) + Math.abs((stop.at[1] - from[1]) * dx);
            return along > 0.05 ? along + 3 * aside : Infinity;
          };
          let best = current;
          let least = Infinity;
          stops.forEach((stop, index) => {
            if (cost(stop) < least) [best, least] = [index, cost(stop)];
          });
          return best;
        };
        frame.addEventListener('focus', () => {
          load();
          if (frame.matches(':focus-visible')) show(Math.max(0, current));
        });
        frame.addEventListener('blur', hide);
        frame.addEventListener('keydown', (event) => {
          const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
          if (event.key === 'Escape') return hide();
          load();
          if (!stops.length) return;
          if (event.key === 'Home') show(0);
          else if (event.key === 'End') show(stops.length - 1);
          else if (moves[event.key]) show(current < 0 ? 0 : step(...moves[event.key]));
          else if (event.key === 'Enter' && current >= 0 && stops[current].mark) {
            stops[current].mark.dispatchEvent(new MouseEvent('click', { bubbles: true }));
          } else return;
          event.preventDefault();
        });
        svg.addEventListener('pointermove', (event) => {
          load();
          const place = svg.getBoundingClientRect();
          const view = svg.viewBox.baseVal;
          const index = nearest((event.clientX - place.left) / place.width * view.width,
            (event.clientY - place.top) / place.height * view.height);
          if (index >= 0) show(index);
        });
        svg.addEventListener('pointerleave', hide);
      };
      for (const svg of all('svg[data-at], svg.plane')) probe(svg);
      for (const svg of all('svg')) {
        if (!svg.closest('.probe') && svg.querySelector('rect > title, circle > title')) probe(svg);
      }
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
