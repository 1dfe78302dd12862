/* Practising a curriculum: choose an answer, check it, go on another day. Without this script every
   answer opens to what it says back. What was answered stays in this browser; nothing is sent. It is
   kept by the words of the answers, so that a question that has changed since is asked anew. */

(() => {
  "use strict";
  const lists = [...document.querySelectorAll(".npcs-options")];
  const note = document.querySelector(".npcs-practise");
  if (!lists.length || !note) return;

  const place = "npcs-practise " + location.pathname;
  let answers = read();

  function read() {
    try {
      const kept = JSON.parse(localStorage.getItem(place) || "{}");
      return kept && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  }

  function keep() {
    try {
      if (Object.keys(answers).length) localStorage.setItem(place, JSON.stringify(answers));
      else localStorage.removeItem(place);
    } catch {
      /* A browser that keeps nothing still lets people practise. */
    }
  }

  function make(name, properties, ...inside) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...inside);
    return element;
  }

  function question(list) {
    let heading = list.previousElementSibling;
    while (heading && heading.tagName !== "H3") heading = heading.previousElementSibling;
    const id = heading.id;
    const title = heading.firstChild.textContent.trim();
    const options = [...list.children].map((details) => ({
      details,
      words: details.querySelector("summary").textContent.trim().slice(1).trim(),
      right: Boolean(details.querySelector(".npcs-good")),
    }));
    const right = options.find((one) => one.right);
    const fields = make("fieldset", {}, make("legend", { textContent: `${title}: your answer` }));
    for (const one of options) {
      one.box = make("input", { type: "radio", name: id, value: one.words });
      const said = [...one.details.querySelector("summary").childNodes];
      fields.append(make("label", {}, one.box, ...said.map((node) => node.cloneNode(true))));
    }
    const check = make("button", { type: "submit", className: "md-button", textContent: "Check" });
    const told = make("div", { className: "npcs-told" });
    told.setAttribute("role", "status");
    const form = make("form", { className: "npcs-question" }, fields, check, told);
    const others = make("p", { className: "npcs-others", textContent: "The other answers:" });
    list.before(form, others);

    function tell(chosen) {
      told.replaceChildren();
      if (!chosen) return;
      const back = [...chosen.details.lastElementChild.childNodes];
      const said = back.map((node) => node.cloneNode(true));
      if (!chosen.right) {
        said.unshift(make("strong", { className: "npcs-chip npcs-warn", textContent: "not this" }), " ");
      }
      told.append(make("p", {}, ...said));
    }

    function kept() {
      const known = answers[id];
      return known && options.some((one) => one.words === known.last) ? known : null;
    }

    const isSolved = () => Boolean(right && kept() && kept().solved === right.words);

    function show() {
      const known = kept();
      list.hidden = others.hidden = !isSolved();
      for (const one of options) {
        one.details.open = false;
        one.details.hidden = one.box.checked = Boolean(known && known.last === one.words);
      }
      tell(known && options.find((one) => one.words === known.last));
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = options.find((one) => one.box.checked);
      if (!chosen) {
        told.replaceChildren(make("p", { textContent: "Choose an answer first." }));
        options[0].box.focus();
        return;
      }
      const known = kept() || { first: chosen.words };
      const solved = chosen.right || isSolved() ? right.words : "";
      answers[id] = { first: known.first, last: chosen.words, solved };
      keep();
      show();
      count();
    });
    const atOnce = () => Boolean(right && kept() && kept().first === right.words);
    return { heading, show, kept, isSolved, atOnce };
  }

  const questions = lists.map(question);
  const stand = make("p", { className: "npcs-stand" });
  stand.setAttribute("role", "status");
  const again = make("button", { type: "button", className: "md-button", textContent: "Begin again" });
  note.textContent =
    "Choose an answer and check it: with the mouse, or with Tab, the arrow keys and Enter. Your " +
    "answers stay on this device, and nobody else sees them.";
  note.after(stand, again);

  function count() {
    const solved = questions.filter((one) => one.isSolved()).length;
    const atOnce = questions.filter((one) => one.atOnce()).length;
    stand.textContent =
      `${solved} of ${questions.length} answered right, ${atOnce} of them the first time.`;
    again.hidden = !questions.some((one) => one.kept());
  }

  again.addEventListener("click", () => {
    answers = {};
    keep();
    questions.forEach((one) => one.show());
    count();
    const first = document.querySelector(".npcs-question input");
    first.focus();
    questions[0].heading.scrollIntoView();
  });

  questions.forEach((one) => one.show());
  count();
  offerCalendar(document.querySelector(".npcs-starts"));

  /* Where no first day is set, a reader chooses one, and takes the days of sending along from it. */
  function offerCalendar(place) {
    if (!place) return;
    const title = document.querySelector("h1").firstChild.textContent.trim();
    const rows = [...place.nextElementSibling.querySelectorAll("tbody tr")].map((row) => ({
      after: Number(row.cells[0].textContent.match(/\d+/)[0]) - 1,
      what: row.cells[1].textContent.trim(),
    }));
    const first = make("input", { type: "date", required: true });
    const take = make("button", { type: "submit", className: "md-button" });
    take.textContent = "Make a calendar";
    const label = make("label", {}, "Your first day ", first);
    const form = make("form", { className: "npcs-question npcs-first-day" }, label, take);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const file = new Blob([calendar(title, rows, Date.parse(first.value))], {
        type: "text/calendar",
      });
      const way = make("a", { href: URL.createObjectURL(file), download: "sending-days.ics" });
      way.click();
      setTimeout(() => URL.revokeObjectURL(way.href), 60000);
    });
    place.after(form);
  }

  function calendar(title, rows, start) {
    const day = (after) => new Date(start + after * 86400000).toISOString();
    const date = (after) => day(after).slice(0, 10).replaceAll("-", "");
    const now = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const said = (text) => text.replace(/[\\;,]/g, "\\$&");
    const id = location.pathname.split("/").filter(Boolean).pop();
    const events = rows.flatMap(({ after, what }) => [
      "BEGIN:VEVENT",
      `UID:${id}.day-${after}@curricula.npcs`,
      `DTSTAMP:${now}`,
      `DTSTART;VALUE=DATE:${date(after)}`,
      `DTEND;VALUE=DATE:${date(after + 1)}`,
      `SUMMARY:${said(`${title}: ${what}`)}`,
      "TRANSP:TRANSPARENT",
      "END:VEVENT",
    ]);
    const frame = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//NPCS hub//Spaced education//EN"];
    return [...frame, ...events, "END:VCALENDAR", ""].map(folded).join("\r\n");
  }

  /* A line of a calendar has at most 75 bytes; 18 characters never have more. */
  function folded(line) {
    if (line.length < 70 && /^[\x20-\x7e]*$/.test(line)) return line;
    return Array.from(line).reduce(
      (text, one, place) => text + (place && place % 18 === 0 ? "\r\n " : "") + one,
      "",
    );
  }
})();
