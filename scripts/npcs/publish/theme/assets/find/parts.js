// Small parts of the search page.

/** An element with properties and what is in it; texts stay texts. */
export function element(name, properties = {}, ...inside) {
  const one = Object.assign(document.createElement(name), properties);
  one.append(...inside);
  return one;
}

/** A count as people read it. The browser's own way costs a slow phone a twentieth of a second. */
export const figure = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** A count with its noun. */
export const number = (count, noun) => `${count ? figure(count) : "No"} ${noun}${count === 1 ? "" : "s"}`;

/** A text with the words that were asked for marked; those that stand in it are added to `seen`. */
export function highlighted(text, words, seen) {
  return text.split(/([\p{L}\p{M}\p{N}]+(?:[-.][\p{L}\p{M}\p{N}]+)*)/u).flatMap((piece, at) => {
    if (at % 2 === 0) return piece ? [piece] : [];
    const inside = piece.split(/([-.])/);
    return known(piece, words, seen) ? [element("mark", {}, piece)]
      : inside.map((one) => (known(one, words, seen) ? element("mark", {}, one) : one));
  });
}

function known(piece, words, seen) {
  const plain = piece.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const found = words.filter((word) => word.forms.has(plain));
  for (const word of found) seen.add(word);
  return found.length > 0;
}
