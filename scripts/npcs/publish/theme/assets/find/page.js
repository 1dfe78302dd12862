// The search page: asks the index, shows what it answers, and keeps question, filters and page in
// the address, so that it can be shared and gone back to. Text is only ever set as text.

import { answered, asked, narrowed, ON_A_PAGE, TOP } from "./asked.js";
import { element, figure, highlighted, number } from "./parts.js";

const WHILE_TYPING = 250; // how many milliseconds to wait for the next letter

const form = document.getElementById("find-form");
const [box, filters, results, status] = ["q", "filters", "results", "status"]
  .map((name) => document.getElementById(`find-${name}`));
const title = document.title;
let turn = 0;

/** The address of a state, relative to this page. */
function address(all) {
  for (const [name, value] of [...all]) if (!value) all.delete(name, value);
  return `?${all}`;
}

/** Another state of the address: a facet's value taken out or in, another page or question. */
function changed(change) {
  const all = new URLSearchParams(location.search);
  all.delete("page");
  change(all);
  return address(all);
}

function go(to, how = "pushState") {
  if (to !== location.search && !(to === "?" && !location.search)) {
    history[how](null, "", to === "?" ? location.pathname : to);
  }
  return show();
}

async function show() {
  const mine = ++turn;
  const { question, all } = asked();
  if (box.value.trim() !== question.trim()) box.value = question;
  try {
    const state = await answered();
    if (mine !== turn) return; // asked something else meanwhile
    const { index, found } = state;
    fillResults(state);
    announce(state);
    const rest = index.facets().then((facets) => { // the answer does not wait for them
      if (mine === turn) fillFilters(facets, narrowed(found, facets, all, index.pages).counts, all);
    });
    rest.catch(failed);
  } catch (error) {
    if (mine === turn) failed(error);
  }
}

function failed(error) {
  console.error(error);
  const trouble = "The search cannot be loaded just now.";
  results.replaceChildren(element("p", { className: "npcs-empty" },
    `${trouble} Try again, or look through the lists below.`));
  announce({ trouble });
}

let announcing;
function announce({ trouble, kept, none, question, odd }) {
  clearTimeout(announcing);
  const many = trouble ?? [`${number(kept.length, "result")}${none ? "" : ` for ${question}`}`,
    ...(odd.length ? [leftOut(odd)] : [])].join(". ");
  announcing = setTimeout(() => { status.textContent = many; }, 400); // after the last letter
  document.title = none || trouble ? title : `${question} - ${title}`;
}

// Filters

function fillFilters(groups, counts, all) {
  const list = filters.querySelector(".npcs-facets");
  groups.forEach((group, at) => {
    let part = list.children[at];
    if (!part) list.append(part = facet(group));
    const chosen = new Set(all.getAll(group.name));
    let any = false;
    part.querySelectorAll("label").forEach((label, value) => {
      const [tick, , many] = label.children;
      tick.checked = chosen.has(tick.value);
      many.textContent = figure(counts[at][value]);
      label.hidden = !counts[at][value] && !tick.checked;
      any ||= !label.hidden;
    });
    part.hidden = !any;
  });
  const many = groups.reduce((sum, { name, values }) =>
    sum + values.filter((one) => all.has(name, one.slug)).length, 0);
  filters.querySelector(":scope > summary").textContent = `Filter${many ? ` (${many} chosen)` : ""}`;
}

function facet({ name, label, values }) {
  const set = element("fieldset", {}, element("legend", {}, label));
  for (const { slug, label: said } of values) {
    const tick = element("input", { type: "checkbox", name, value: slug });
    const many = element("span", { className: "npcs-many" });
    set.append(element("label", {}, tick, element("span", {}, said), many));
  }
  const open = name === "kind" || name === "state" || asked().all.has(name);
  return element("details", { open }, element("summary", {}, label), set);
}

// Results

function fillResults({ question, answer, none, all, kept, found, shown, at, last, groups, odd }) {
  const said = none ? `${number(kept.length, "page")}, the newest first`
    : `${number(kept.length, "result")} for “${question}”`;
  const parts = [element("h2", { id: "found", tabIndex: -1 }, said)];
  const chosen = groups.flatMap((group) => group.values
    .filter((one) => all.has(group.name, one.slug)).map((one) => ({ group, one })));
  if (odd.length) {
    const to = changed((left) => { for (const [name, value] of odd) left.delete(name, value); });
    parts.push(element("p", { className: "npcs-empty" }, `${leftOut(odd)}. `,
      link(to, `Remove ${odd.length > 1 ? "them" : "it"}`), "."));
  }
  if (chosen.length) parts.push(chips(chosen));
  if (!none && !answer.all && kept.length) {
    parts.push(element("p", {}, "No page has all of these words. These have some of them."));
  }
  if (!none && answer.meant.some((one, word) => one !== answer.words[word])) parts.push(meant(answer));
  if (kept.length) {
    const list = element("ol", { className: "npcs-results", start: (at - 1) * ON_A_PAGE + 1 });
    list.append(...shown.map((one) => result(one, answer)));
    parts.push(list);
    if (last > 1) parts.push(turns(at, last));
  } else parts.push(...nothing(found.length, chosen.length));
  results.replaceChildren(...parts);
}

function leftOut(odd) {
  const said = odd.map((one) => one.join("=").slice(0, 60)).join(", ");
  return odd.length > 1 ? `The filters ${said} are not known here and were left out`
    : `The filter ${said} is not known here and was left out`;
}

function link(to, ...inside) {
  const one = element("a", { href: to }, ...inside);
  one.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return; // to open it elsewhere
    event.preventDefault();
    go(to).then(() => document.getElementById("found")?.focus());
  });
  return one;
}

function chips(chosen) {
  const list = element("ul", { className: "npcs-chosen" });
  for (const { group, one } of chosen) {
    const to = changed((all) => all.delete(group.name, one.slug));
    const label = `Take away the filter ${group.label}: ${one.label}`;
    const cross = element("span", { ariaHidden: "true" }, " ×");
    const chip = link(to, `${group.label}: ${one.label}`, cross);
    chip.setAttribute("aria-label", label);
    list.append(element("li", {}, chip));
  }
  return list;
}

function meant(answer) {
  const better = answer.meant.join(" ");
  return element("p", {}, "Did you mean ", link(changed((all) => all.set("q", better)), better), "?");
}

function result(one, answer) {
  const words = answer.words.map((word, at) => ({ forms: answer.forms[at], form: answer.formIn(at, one.page) }));
  const seen = new Set();
  const title = highlighted(one.title, words, seen);
  const said = highlighted(one.said, words, seen);
  const facts = highlighted([one.kind, one.state, one.day].filter(Boolean).join(" · "), words, seen);
  const unseen = words.filter((word) => word.form.length > 2 && !seen.has(word))
    .map((word) => word.form);
  const to = new URL(one.address, TOP);
  if (unseen.length && !to.hash) { // the browser goes to the word in the page
    to.hash = `:~:text=${encodeURIComponent(unseen[0]).replaceAll("-", "%2D")}`;
  }
  const parts = [element("h3", {}, element("a", { href: to.href }, ...title))];
  if (one.said) parts.push(element("p", {}, ...said));
  parts.push(element("p", { className: "npcs-facts" }, ...facts,
    unseen.length ? ` · In its text: ${unseen.join(", ")}` : ""));
  return element("li", {}, ...parts);
}

function turns(at, last) {
  const to = (page) => changed((all) => page > 1 && all.set("page", page));
  const parts = [`Page ${at} of ${figure(last)}`];
  if (at > 1) parts.unshift(link(to(at - 1), "Previous page"));
  if (at < last) parts.push(link(to(at + 1), "Next page"));
  return element("nav", { className: "npcs-turns", ariaLabel: "Pages of results" },
    ...parts.map((part) => element("span", {}, part)));
}

function nothing(found, chosen) {
  const ways = [];
  if (found && chosen) {
    const to = changed((all) => { for (const name of [...all.keys()]) if (name !== "q") all.delete(name); });
    ways.push([link(to, "Take all filters away"), `: there are ${number(found, "result")} without them`]);
  }
  ways.push(["Look at the spelling, or use fewer or plainer words."],
    ["A number is found however it is written: D-2027-001, d 2027 1, CHR-3, chr3."],
    [element("a", { href: "#lists" }, "Look through all records"), " by kind, year, topic or member."],
    ["Nothing about a child, a family or a caseworker is ever here: ",
      element("a", { href: new URL("about/#never", TOP).href }, "what is never here"), "."]);
  return [element("p", {}, "Nothing was found. You can try this:"),
    element("ul", {}, ...ways.map((one) => element("li", {}, ...one)))];
}

// What people do

let typing;
const typed = (all) => all.set("q", box.value.trim());
box.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(() => go(changed(typed), "replaceState"), WHILE_TYPING);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typing);
  go(changed(typed));
});
filters.addEventListener("change", ({ target: { name, value, checked } }) => {
  clearTimeout(typing);
  go(changed((all) => {
    typed(all);
    if (checked) all.append(name, value);
    else all.delete(name, value);
  }));
});
addEventListener("popstate", show);
const wide = matchMedia("(min-width: 60em)");
const room = () => { filters.open = wide.matches; };
wide.addEventListener("change", room);
room();
const early = box.value.trim(); // typed before this ran
(early && early !== asked().question.trim() ? go(changed(typed), "replaceState") : show()).finally(() => {
  for (const one of document.querySelectorAll("script[type=later]")) {
    document.body.append(element("script", { src: one.src })); // the theme's, for menu and colours
  }
});
