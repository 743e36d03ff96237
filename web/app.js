// The newsroom page: asks the service, and shows what it found with every finding in its place.
// Text only ever enters the page through textContent, never as markup.
import { example } from './example.js';
import { timeLine } from './timeline.js';

const $ = (id) => document.getElementById(id);
let summary = null; // what is shown
let asked = null;   // the request that it answers
let actorShown = null;

function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) e.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) e.setAttribute(key, value === true ? '' : value);
  }
  e.append(...children.filter((c) => c !== null && c !== undefined));
  return e;
}

const actorOf = (id) => summary.actors.find((a) => a.id === id);
const namesOf = (ids) => ids.map((id) => actorOf(id)?.name ?? id).join(', ');

// ---- the article, with marks ----

// Spans as flat stretches: where two overlap the one that starts first, or is longer, wins.
function spansOf(s) {
  const all = [];
  for (const a of s.actors) for (const m of a.mentions ?? []) all.push({ ...m, kind: 'actor', label: a.name, actor: a.id });
  for (const d of s.dates) all.push({ ...d, kind: 'date', label: d.edtf ?? d.timex });
  for (const c of s.commitments) all.push({ ...c.trigger, kind: 'act', label: c.type });
  all.sort((x, y) => x.start - y.start || y.end - x.end);
  let end = 0;
  return all.filter((x) => x.start >= end && x.end > x.start && (end = x.end));
}

function marked(text, from, to, spans) {
  const out = [];
  let at = from;
  for (const s of spans) {
    if (s.start < from || s.end > to) continue;
    out.push(text.slice(at, s.start), element('mark', { class: s.kind, title: `${s.kind === 'act' ? 'commitment' : s.kind}: ${s.label}` }, text.slice(s.start, s.end)));
    at = s.end;
  }
  out.push(text.slice(at, to));
  return out;
}

function articleOf(s) {
  const text = s.article.text;
  const spans = spansOf(s);
  const evidence = new Map();
  for (const c of s.commitments) {
    const key = `${c.evidence.start}-${c.evidence.end}`;
    if (!evidence.has(key)) evidence.set(key, { ...c.evidence, cards: [] });
    evidence.get(key).cards.push(c.id);
  }
  const sentences = [...evidence.values()].sort((a, b) => a.start - b.start);
  const facts = [s.article.site, s.article.byline.join(', '), s.article.published, `${s.article.words} words`].filter(Boolean).join(' · ');
  const section = element('section', { class: 'article', 'aria-label': 'The article' },
    s.article.title ? element('h2', {}, s.article.title) : null, element('p', { class: 'facts' }, facts));
  let start = 0;
  for (const paragraph of text.split('\n\n')) {
    if (start === 0 && paragraph === s.article.title) { // it is the heading already
      start = paragraph.length + 2;
      continue;
    }
    const p = element('p');
    let at = start;
    const end = start + paragraph.length;
    for (const e of sentences) {
      if (e.start < at || e.end > end) continue;
      p.append(...marked(text, at, e.start, spans));
      const span = element('span', { class: 'sentence', id: `s-${e.cards[0]}`, tabindex: '-1' }, ...marked(text, e.start, e.end, spans));
      e.cards.forEach((id) => span.append(' ', element('a', { class: 'back', href: `#${id}`, 'aria-label': `to the card of commitment ${id}`, onclick: (event) => jump(event, id) }, id)));
      p.append(span);
      at = e.end;
    }
    p.append(...marked(text, at, end, spans));
    section.append(p);
    start = end + 2;
  }
  return section;
}

function jump(event, id) {
  event.preventDefault();
  document.querySelectorAll('.here').forEach((e) => e.classList.remove('here'));
  const target = $(id);
  target.classList.add('here');
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: 'center' });
}

// ---- the cards ----

const dayOf = (c) => summary.dates.find((d) => d.id === c.due?.date)?.latest ?? c.due?.edtf ?? '9999';

function sayDue(due) {
  if (!due) return 'not said';
  const day = due.edtf;
  return day.startsWith('../') ? `by ${day.slice(3)}` : day;
}

function cardOf(c) {
  const sentence = summary.commitments.find((o) => o.evidence.start === c.evidence.start && o.evidence.end === c.evidence.end).id;
  const rows = [
    ['for', c.beneficiaries.length ? namesOf(c.beneficiaries) : null],
    ['when', sayDue(c.due)],
    ['said by', c.speaker ? actorOf(c.speaker)?.name : null],
    ['how much', c.quantities.map((q) => q.text).join(', ') || null],
    ['if', c.condition?.text],
    ['doubted by', c.contested_by.length ? namesOf(c.contested_by) : null],
    ['not said', c.missing.join(', ') || null],
  ].filter(([, value]) => value);
  return element('li', { class: 'card', id: c.id, tabindex: '-1', 'data-actors': [...c.actors, c.speaker, ...c.beneficiaries].join(' ') },
    element('p', { class: 'what' }, element('b', {}, c.actors.length ? namesOf(c.actors) : 'Somebody'),
      c.polarity === 'negative' ? ' – will not: ' : ' – ', c.action?.text ?? c.trigger.text),
    element('dl', {}, ...rows.flatMap(([key, value]) => [element('dt', {}, key), element('dd', {}, value)])),
    element('p', {}, element('span', { class: `tag ${c.type}` }, c.type), element('span', { class: 'tag' }, c.strength),
      element('span', { class: 'tag', title: 'how sure the service is that this is a commitment' }, `${Math.round(c.confidence * 100)} %`),
      c.same_as ? element('span', { class: 'tag' }, `as ${c.same_as}`) : null, ' ',
      element('a', { href: `#s-${sentence}`, onclick: (event) => jump(event, `s-${sentence}`) }, 'in the text')));
}

function filterBy(id) {
  actorShown = actorShown === id ? null : id;
  document.querySelectorAll('.people button').forEach((b) => b.setAttribute('aria-pressed', String(b.dataset.actor === actorShown)));
  let shown = 0;
  document.querySelectorAll('.card').forEach((card) => {
    card.hidden = actorShown !== null && !card.dataset.actors.split(' ').includes(actorShown);
    shown += !card.hidden;
  });
  $('status').textContent = actorShown ? `${shown} of ${summary.commitments.length} commitments concern ${actorOf(id).name}.` : '';
}

function peopleOf(s) {
  return element('ul', { class: 'people' }, ...s.actors.map((a) => element('li', {},
    element('button', { type: 'button', class: 'small', 'aria-pressed': 'false', 'data-actor': a.id, onclick: () => filterBy(a.id) },
      a.name, element('span', {}, ` ${[a.role, a.affiliation && actorOf(a.affiliation)?.name].filter(Boolean).join(', ') || a.type} · ${a.mentions?.length ?? 0}`)))));
}

// ---- taking it along ----

async function copy(what, text) {
  try {
    await navigator.clipboard.writeText(text);
    $('status').textContent = `${what} copied.`;
  } catch {
    $('status').textContent = `The browser does not let this page copy. ${what}:`;
    $('problem').replaceChildren(element('textarea', { readonly: true, rows: '8', 'aria-label': what }, text));
  }
}

const curl = () => `curl -s '${location.origin}/v1/summaries' -H 'Content-Type: application/json' --data '${JSON.stringify(asked).replaceAll("'", "'\\''")}'`;

// The same request again, answered in another form: "text/calendar".
async function askFor(type) {
  const answer = await fetch('/v1/summaries', { method: 'POST', headers: { 'Content-Type': 'application/json', Accept: type }, body: JSON.stringify(asked) });
  if (answer.ok) return answer;
  tell(await answer.json());
  return null;
}

async function copyMarkdown() {
  const answer = await askFor('text/markdown');
  if (answer) await copy('Markdown', await answer.text());
}

async function saveCalendar() {
  const answer = await askFor('text/calendar');
  if (!answer) return;
  const link = element('a', { href: URL.createObjectURL(await answer.blob()), download: 'onrecord.ics' });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  $('status').textContent = 'The calendar is among your downloads.';
}

function toolsOf(s) {
  const button = (label, act) => element('button', { type: 'button', class: 'small', onclick: act }, label);
  return element('div', { class: 'tools', role: 'group', 'aria-label': 'Take it along' },
    button('Copy Markdown', copyMarkdown), button('Copy JSON', () => copy('JSON', JSON.stringify(s, null, 2))),
    button('Copy curl', () => copy('The curl command', curl())), button('Download .ics', saveCalendar));
}

// ---- asking ----

const advice = {
  'url-not-allowed': 'Paste the article’s text instead.', 'no-article': 'Paste the article’s text instead.',
  'upstream-timeout': 'Try again later, or paste the text.', busy: 'Try again in a moment.', 'too-large': 'Send a part of it.',
};

function tell(problem) {
  const name = (problem.type ?? '').split('/').pop();
  $('problem').replaceChildren(element('p', {}, element('strong', {}, `${problem.title ?? 'It did not work'}. `), problem.detail ?? '', ' ', advice[name] ?? ''));
  $('status').textContent = '';
}

function show(s) {
  summary = s;
  actorShown = null;
  const cards = [...s.commitments].sort((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : a.trigger.start - b.trigger.start));
  $('results').replaceChildren(toolsOf(s),
    s.warnings.length ? element('section', { class: 'warnings', 'aria-label': 'Warnings' }, element('ul', {}, ...s.warnings.map((w) => element('li', {}, w)))) : '',
    element('div', { class: 'findings' }, articleOf(s),
      element('section', { 'aria-label': 'Commitments' }, element('h2', {}, `${s.commitments.length} commitment${s.commitments.length === 1 ? '' : 's'}`),
        cards.length ? element('ol', { class: 'cards' }, ...cards.map(cardOf)) : element('p', { class: 'none' }, 'Nobody commits to anything in this article, as far as can be read.')),
      element('section', { 'aria-label': 'Actors' }, element('h2', {}, 'Actors'), s.actors.length ? peopleOf(s) : element('p', { class: 'none' }, 'None were found.')),
      element('section', { class: 'line', 'aria-label': 'Time line' }, element('h2', {}, 'Time line'), timeLine(s, jump) ?? element('p', { class: 'none' }, 'No day is named.'))));
  $('status').textContent = `${s.commitments.length} commitments, ${s.actors.length} actors, ${s.dates.length} dates.`;
  $('results').focus({ preventScroll: true });
}

async function ask(request) {
  $('problem').replaceChildren();
  $('run').disabled = true;
  const begun = Date.now();
  const wait = setInterval(() => { if (request.url) $('status').textContent = `Fetching the page… ${Math.round((Date.now() - begun) / 1000)} s`; }, 500);
  $('status').textContent = request.url ? 'Fetching the page…' : 'Reading…';
  try {
    const answer = await fetch('/v1/summaries', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ ...request, offsets: 'utf16', include: ['mentions'] }) });
    const body = await answer.json();
    asked = request;
    if (answer.ok) show(body); else tell(body);
  } catch {
    tell({ title: 'The service does not answer', detail: 'Is it running, and are you online?' });
  } finally {
    clearInterval(wait);
    $('run').disabled = false;
  }
}

$('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const request = {};
  if ($('url').value.trim()) request.url = $('url').value.trim(); else request.text = $('text').value;
  if ($('published').value) request.published = $('published').value;
  if (!request.url && !request.text.trim()) return tell({ title: 'There is nothing to read', detail: 'Paste an article or give its address.' });
  return ask(request);
});

function runExample() {
  $('text').value = example.text;
  $('url').value = '';
  $('published').value = example.published;
  ask({ text: example.text, published: example.published });
}

addEventListener('hashchange', () => { if (location.hash === '#example') runExample(); });
$('example').addEventListener('click', () => { if (location.hash === '#example') runExample(); });
if (location.hash === '#example') runExample();
