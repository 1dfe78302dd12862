/* Looks a day up in the list of the committee's changes, which stands below the form in the page:
   nothing is asked of a server, so it works from a file as well. Each entry holds from the day in
   its id until the next. The day stands in the address, which can be shared. */

(() => {
  "use strict";
  const form = document.querySelector("form.npcs-day");
  if (!form) return;
  const field = form.elements.on;
  const answer = form.querySelector(".npcs-answer");
  const entries = [...document.querySelectorAll(".md-content [id^='on-']")]
    .map((one) => ({ from: one.id.slice(3), entry: one.closest("tr, li, p") }))
    .sort((one, other) => (one.from < other.from ? -1 : 1));
  if (!entries.length) return;

  function element(name, ...inside) {
    const one = document.createElement(name);
    one.append(...inside);
    return one;
  }

  /* What is in an element, to stand elsewhere: without ids, which are there once. */
  function copied(from) {
    const copy = from.cloneNode(true);
    for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id");
    if (location.protocol === "file:") {
      for (const one of copy.querySelectorAll("a[href$='/']")) one.href += "index.html";
    }
    return [...copy.childNodes];
  }

  function words(day) {
    const [year, month, date] = day.split("-").map(Number);
    const at = new Date(Date.UTC(year, month - 1, date));
    at.setUTCFullYear(year);
    return at.toLocaleDateString("en-GB", {
      day: "numeric", month: "long", year: "numeric", timeZone: "UTC",
    });
  }

  function told(day) {
    const found = entries.filter((one) => one.from <= day).pop();
    const title = element("strong", words(day));
    if (!found) {
      return [element("p", title, `: nobody yet. The committee began on ${words(entries[0].from)}.`)];
    }
    const cells = [...found.entry.querySelectorAll("td")];
    if (!cells.length) return [element("p", title, ": ", ...copied(found.entry))];
    const [days, ...others] = cells.map(copied);
    return [
      element("p", title, ": ", ...others.flat(), "."),
      element("p", "Days without a change: ", ...days, "."),
    ];
  }

  const noDay = (written) => element("p", ...(written ? [element("strong", written), " is"] : ["That is"]),
    " no day of the calendar. Choose a day, or write year, month and day as in 2027-05-01.");

  function look() {
    const day = field.value;
    answer.replaceChildren(...(day ? told(day) : field.validity.badInput ? [noDay()] : []));
    try {
      history.replaceState(null, "", day ? `?on=${day}` : location.pathname);
    } catch {
      /* A page opened from a file may keep its address. */
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    look();
  });
  field.addEventListener("change", look);
  const asked = new URLSearchParams(location.search).get("on");
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(asked) && asked > "0001" ? `${asked}T00:00Z` : NaN);
  if (!isNaN(at) && at.toISOString().startsWith(asked)) {
    field.value = asked;
    look();
  } else if (asked) answer.replaceChildren(noDay(asked.slice(0, 40)));
})();
