// Answers questions from the files of the index. What they hold is said in publish/search/index.py;
// words are taken apart by the rules of publish/search/texts.py.

const MOST_FILES = 4; // of words, for the beginning of a word that many begin with
const VARIANT = { same: 1, family: 0.8, begun: 0.5 };
const ENDINGS = ["ations", "ation", "ating", "ated", "ates", "ate", "ings", "ing", "ions", "ion",
  "ies", "es", "ed", "ers", "er", "s", "e", "y"];

const plain = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

const APART = "[\\s.,#/_\u2010-\u2013\u2212-]{0,3}"; // what may stand between the parts of a number
const NAME = /(?<![a-z0-9.-])[a-z]+(?:-[a-z]+)+(?![a-z0-9.-])/g;

/** Numbers as they are written here, of one copied from where its hyphens are dashes: CHR–3. */
const DASHES = /[\u2010-\u2013\u2212]/g;
const hyphened = (one) => (/^[a-z]/.test(one) ? [one.replace(DASHES, "-")] : one.split(DASHES));

/** The words of a question; one such as D-2027-001 stays whole. */
export function wordsOf(text, without = new Set()) {
  const counts = (word) => !without.has(word) && word.length > (/^\d+$/.test(word) ? 2 : 1);
  const found = plain(text).match(/[a-z0-9]+(?:[-.\u2010-\u2013\u2212][a-z0-9]+)*/g) ?? [];
  const words = found.flatMap(hyphened).flatMap((one) =>
    /\d/.test(one) && /[-.]/.test(one) ? [one] : one.split(/[-.]/).filter(counts));
  return [...new Set(words)];
}

/** The ways in which people write a number of a form such as npcs-sn-0000-000: SN 2027 1, sn2027-01. */
function ways(form) {
  const [, before = "", letters, year, last] = form.match(/^(.*-)?([a-z]+)(-0000)?-(0+)$/);
  const asked = `(?<![a-z0-9])(?:${before.replaceAll("-", APART)})?${letters}`
    + `${year ? `${APART}(?<year>\\d{4})` : ""}${APART}0*(?<last>\\d{1,3})(?![a-z0-9])`;
  return { begin: before + letters, width: last.length, asked: new RegExp(asked, "g") };
}

/** A question with its numbers written as they are here. */
function numbered(question, numbers) {
  return numbers.reduce((said, { begin, width, asked }) => said.replace(asked, (...found) => {
    const { year, last } = found.at(-1);
    return [begin, ...(year ? [year] : []), last.padStart(width, "0")].join("-");
  }), plain(question));
}

/** What the forms of a word have in common: report, reports, reported and reporting are one. */
export function root(word) {
  if (/\d/.test(word)) return word;
  for (const end of ENDINGS) {
    if (!word.endsWith(end) || word.length - end.length < 4 || word.endsWith("ss")) continue;
    const rest = word.slice(0, -end.length);
    return /([^aeiouls])\1$/.test(rest) ? rest.slice(0, -1) : rest; // planning: plan
  }
  return word;
}

/** How many letters two words are apart: added, left out, changed, or two changing places. */
export function apart(one, other) {
  let [older, before] = [[], [...other, 0].map((_, at) => at)];
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const cost = one[row - 1] === other[at - 1] ? 0 : 1;
      now[at] = Math.min(before[at] + 1, now[at - 1] + 1, before[at - 1] + cost);
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      if (swapped) now[at] = Math.min(now[at], older[at - 2] + 1);
    }
    [older, before] = [before, now];
  }
  return before[other.length];
}

/** Each page of a list of differences. */
function each(differences, give, step = 1) {
  let page = 0;
  for (const one of differences) {
    page += Math.floor(one / step);
    give(page, one % step);
  }
}

export class Index {
  #base;
  #files = new Map();

  constructor(base, said) {
    this.#base = base;
    this.version = said.version;
    this.pages = said.pages;
    this.inFile = said.pages_in_file;
    this.firsts = said.words;
    this.without = new Set(said.without);
    this.numbers = said.numbers.map(ways);
  }

  /** Opens the index below an address. Asks whether it has changed, so that all files agree. */
  static async open(base) {
    return new Index(base, await given(new URL("index.json", base), { cache: "no-cache" }));
  }

  #file(name) {
    if (!this.#files.has(name)) {
      const asked = given(new URL(`${name}.json?v=${this.version}`, this.#base));
      asked.catch(() => this.#files.delete(name)); // so that it can be asked for again
      this.#files.set(name, asked);
    }
    return this.#files.get(name);
  }

  /** The facets: for each its name, label and values, and of these the slug, label and pages. */
  async facets() {
    this.groups ??= (await this.#file("facets")).map(([name, label, values]) => ({
      name,
      label,
      values: values.map(([slug, said, differences]) => {
        const pages = [];
        each(differences, (page) => pages.push(page));
        return { slug, label: said, pages };
      }),
    }));
    return this.groups;
  }

  /** The words from one to another, with their pages: those of all files they may stand in. */
  async #vocabulary(first, last, most) {
    const from = Math.max(0, this.firsts.findLastIndex((one) => one <= first));
    const to = Math.max(from, this.firsts.findLastIndex((one) => one <= last));
    if (to - from >= most) return this.#vocabulary(first, first, most);
    const numbers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    const files = await Promise.all(numbers.map((one) => this.#file(`words/${one}`)));
    return files.flatMap((one) => Object.entries(one));
  }

  /** The pages with a name in their title that is written just so: co-chair-limit. */
  async #named(name) {
    const known = await this.#vocabulary(name, name, 1);
    return known.find(([one]) => one === name)?.[1] ?? [];
  }

  /** What the words of a question find. A part of a number, such as SN-2027, is taken apart. */
  async #asked(words) {
    const found = await Promise.all(words.map((one) => this.#forms(one)));
    return (await Promise.all(found.map((one) => {
      const whole = one.forms.length && !/^\d{4}-\d$/.test(one.word);
      if (whole || !/[-.]/.test(one.word) || this.numbers.some(({ asked }) => one.word.match(asked)?.[0] === one.word)) return [one];
      const [first, ...parts] = one.word.split(/[-.]/);
      const rest = parts.map((part) => (/^\d\d?$/.test(part) ? part.padStart(3, "0") : part));
      return this.#asked(wordsOf([first, ...rest].join(" "), this.without));
    }))).flat();
  }

  /** What a word of a question finds: its forms in the index, each with its pages. */
  async #forms(word) {
    const stem = root(word);
    const known = await this.#vocabulary(stem, `${stem}\uffff`, MOST_FILES);
    const forms = [];
    for (const [form, pages] of known) {
      const how = form === word ? "same" : root(form) === stem ? "family"
        : word.length > 2 && form.startsWith(word) && !/^[a-z]+-[a-z-]+$/.test(form) ? "begun" : "";
      if (how) forms.push({ form, pages, weight: VARIANT[how] });
    }
    return { word, forms, known };
  }

  /**
   * The pages that answer a question, the best first, and which form of each word they have.
   * Where no page has all of its words, those with most of them; `all` tells which it was.
   */
  async find(question) {
    const said = numbered(question, this.numbers);
    const [asked, ...named] = await Promise.all([this.#asked(wordsOf(said, this.without)),
      ...(said.match(NAME) ?? []).map((one) => this.#named(one))]);
    const words = asked.map(({ word }) => word);
    const score = new Float32Array(this.pages);
    const having = new Uint8Array(this.pages);
    const places = asked.map(({ forms }) => {
      const best = new Float32Array(this.pages);
      const which = new Uint16Array(this.pages); // the form, counted from 1
      let many = 0;
      forms.forEach(({ pages, weight }, at) => each(pages, (page, counts) => {
        if (!which[page]) many += 1;
        if (weight * counts <= best[page]) return;
        best[page] = weight * counts;
        which[page] = at + 1;
      }, 16));
      const rare = Math.log(1 + this.pages / Math.max(many, 1));
      best.forEach((one, page) => {
        if (!one) return;
        score[page] += rare * one;
        having[page] += 1;
      });
      return which;
    });
    for (const pages of named) each(pages, (page) => { score[page] += 15 * Math.log(1 + this.pages); }, 16);
    const most = having.reduce((one, other) => Math.max(one, other), 0);
    const found = [];
    having.forEach((one, page) => one && one === most && found.push(page));
    found.sort((one, other) => score[other] - score[one] || other - one);
    return {
      words,
      found,
      all: most === words.length,
      forms: asked.map(({ forms }) => new Set(forms.map((one) => one.form))),
      formIn: (at, page) => asked[at].forms[places[at][page] - 1]?.form ?? "",
      meant: words.map((word, at) => (asked[at].forms.length ? word : nearest(word, asked[at].known))),
    };
  }

  /** What a result says of each page: address, title, kind, state, day and a line or two. */
  async shown(pages) {
    const files = await Promise.all(pages.map((one) => this.#file(`pages/${Math.floor(one / this.inFile)}`)));
    return pages.map((page, at) => {
      const [address, title, kind, state, day, said] = files[at][page % this.inFile];
      return { page, address, title, kind, state, day, said };
    });
  }
}

async function given(address, how) {
  const answer = await fetch(address, how);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
}

/** The known word that is most like one nobody knows; the same where none is like it. */
function nearest(word, known) {
  const most = word.length > 5 ? 2 : 1;
  if (/\d/.test(word)) return word;
  const near = known.filter(([one]) => Math.abs(one.length - word.length) <= most && !/\d/.test(one))
    .map(([one, pages]) => ({ one, far: apart(word, one), same: begins(word, one), many: pages.length }))
    .filter(({ far }) => far <= most)
    .sort((a, b) => a.far - b.far || b.same - a.same || b.many - a.many);
  return near[0]?.one ?? word;
}

/** How many letters two words begin with in common. */
function begins(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
