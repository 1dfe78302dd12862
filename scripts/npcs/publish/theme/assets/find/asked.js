// What the address asks, and the answer. It begins as soon as this is loaded, from the head of the
// page: what is found is on its way while the browser still reads how the page looks.

import { Index } from "./index.js";

export const TOP = new URL("../../", import.meta.url);
export const ON_A_PAGE = 10;

const opened = Index.open(new URL("find/data/", TOP));

/** What the address asks for: the words, the chosen values of each facet, the page. */
export function asked() {
  const all = new URLSearchParams(location.search);
  const page = Number(all.get("page"));
  return { question: (all.get("q") ?? "").slice(0, 200), all, page: page > 1 ? Math.floor(page) : 1 };
}

/** The filters of an address that are none here: names, or values of a name, nobody has. */
function unknown(groups, all) {
  return [...all].filter(([name, value]) => value && name !== "q" && name !== "page"
    && !groups.some((group) => group.name === name && group.values.some((one) => one.slug === value)));
}

/** Goes over what was found: what passes the filters, and how many there are of each value. */
export function narrowed(found, groups, all, pages) {
  const fails = new Uint8Array(pages);
  const failing = new Uint8Array(pages);
  groups.forEach((group, at) => {
    const chosen = group.values.filter((one) => all.has(group.name, one.slug));
    if (!chosen.length) return;
    const within = new Uint8Array(pages);
    for (const value of chosen) for (const page of value.pages) within[page] = 1;
    within.forEach((yes, page) => {
      if (yes) return;
      fails[page] += 1;
      failing[page] = at;
    });
  });
  const among = new Uint8Array(pages);
  for (const page of found) among[page] = 1;
  const counts = groups.map((group, at) => group.values.map((value) =>
    value.pages.reduce((sum, page) =>
      sum + (among[page] && (!fails[page] || (fails[page] === 1 && failing[page] === at)) ? 1 : 0), 0)));
  return { kept: found.filter((page) => !fails[page]), counts };
}

/** What is found for the address as it stands now, and what is shown of it. */
async function answer() {
  const { question, all, page } = asked();
  const index = await opened;
  const answer = await index.find(question);
  const none = !answer.words.length;
  const found = none ? [...Array(index.pages).keys()].reverse() : answer.found;
  const filtered = [...all.keys()].some((name) => name !== "q" && name !== "page");
  const groups = filtered ? await index.facets() : [];
  const { kept } = narrowed(found, groups, all, index.pages);
  const last = Math.max(1, Math.ceil(kept.length / ON_A_PAGE));
  const at = Math.min(page, last);
  const shown = await index.shown(kept.slice((at - 1) * ON_A_PAGE, at * ON_A_PAGE));
  const odd = unknown(groups, all);
  return { index, question, answer, none, all, kept, found, shown, at, last, groups, odd };
}

let early = { search: location.search, answer: answer() };
early.answer.catch(() => {}); // told of when it is asked for

/** The answer to the address; the first is not worked out again. */
export function answered() {
  const first = early?.search === location.search ? early.answer : answer();
  early = null;
  return first;
}
