// The dates of the article on a line, from the first to the last; commitments hang on their due dates.
const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = innerWidth < 560 ? 340 : 640;
const MARGIN = 24;

function shape(name, attributes, text) {
  const e = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
  if (text !== undefined) e.textContent = text;
  return e;
}

const time = (day) => Date.parse(`${day}T00:00:00Z`);

// One point a day: what is said of it, and the commitments that fall due.
function pointsOf(s) {
  const days = new Map();
  for (const d of s.dates) {
    const day = d.latest ?? d.earliest;
    if (!day || Number.isNaN(time(day))) continue;
    const point = days.get(day) ?? { day, texts: [], due: [] };
    point.texts.push(d.text);
    point.due.push(...s.commitments.filter((c) => c.due?.date === d.id).map((c) => c.id));
    days.set(day, point);
  }
  return [...days.values()].sort((a, b) => time(a.day) - time(b.day)).slice(0, 60);
}

export function timeLine(s, jump) {
  const points = pointsOf(s);
  if (!points.length) return null;
  const first = time(points[0].day);
  const length = time(points.at(-1).day) - first || 1;
  const row = 20;
  const height = 40 + row * points.length;
  const svg = shape('svg', { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': `Time line from ${points[0].day} to ${points.at(-1).day}` });
  svg.append(shape('line', { class: 'axis', x1: MARGIN, x2: WIDTH - MARGIN, y1: 20, y2: 20 }));
  points.forEach((p, i) => {
    const x = MARGIN + ((time(p.day) - first) / length) * (WIDTH - 2 * MARGIN);
    const y = 44 + row * i;
    const right = x > WIDTH / 2;
    svg.append(shape('line', { class: 'axis', x1: x, x2: x, y1: 20, y2: y - 4, 'stroke-opacity': '.35' }),
      shape('circle', { cx: x, cy: 20, r: p.due.length ? 7 : 5, class: p.due.length ? 'due' : '' }));
    const label = shape('text', { x: right ? x - 4 : x + 4, y, 'text-anchor': right ? 'end' : 'start' },
      `${p.day} · ${p.texts[0]}${p.due.length ? ` · due: ${p.due.join(', ')}` : ''}`);
    if (p.due.length) {
      label.setAttribute('class', 'due');
      label.addEventListener('click', (event) => jump(event, p.due[0]));
    }
    svg.append(label);
  });
  return svg;
}
