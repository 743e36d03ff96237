// One peer as a filter: reads a JSON string a line, does its work on it, and prints the CPU seconds
// that this took. `node peer.mjs wink|compromise|readability`
import { createInterface } from 'node:readline';

const peers = {
  // tokens, sentences, names by part of speech, and dates: no trees, roles, coreference, commitments
  async wink() {
    const { default: winkNLP } = await import('wink-nlp');
    const { default: model } = await import('wink-eng-lite-web-model');
    const chrono = await import('chrono-node');
    const nlp = winkNLP(model);
    const its = nlp.its;
    return (text) => {
      const doc = nlp.readDoc(text);
      const entities = doc.entities().out(its.detail);
      const tags = doc.tokens().out(its.pos);
      const dates = chrono.parse(text, new Date(Date.UTC(2021, 3, 7)));
      return entities.length + tags.length + dates.length;
    };
  },
  async compromise() {
    const { default: nlp } = await import('compromise');
    const { default: dates } = await import('compromise-dates');
    nlp.plugin(dates);
    return (text) => {
      const doc = nlp(text);
      return doc.people().json().length + doc.places().json().length
        + doc.organizations().json().length + doc.verbs().json().length + doc.dates().json().length;
    };
  },
  async readability() {
    const { Readability } = await import('@mozilla/readability');
    const { parseHTML } = await import('linkedom');
    return (html) => new Readability(parseHTML(html).document).parse()?.textContent.length ?? 0;
  },
};

const work = await peers[process.argv[2]]();
for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.parse(line);
  const before = process.cpuUsage();
  try {
    work(text);
  } catch {
    // a page that a peer cannot read costs it what it costs
  }
  const { user, system } = process.cpuUsage(before);
  console.log((user + system) / 1e6);
}
