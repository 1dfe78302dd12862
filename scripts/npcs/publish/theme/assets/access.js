/* The theme opens its menu with labels, which only a pointer can use. Here they become buttons for
   the keyboard and for screen readers, and the menu keeps the focus for as long as it is open.
   They keep the attribute `for`, by which the theme's style knows them. */

(() => {
  "use strict";
  const drawer = document.getElementById("__drawer");
  const menu = document.querySelector(".md-sidebar--primary");
  const opener = document.querySelector(".md-header label[for=__drawer]");
  const closer = menu && menu.querySelector("label[for=__drawer]");
  if (!drawer || !opener || !closer) return;
  const others = document.querySelectorAll(
    ".md-skip, .md-header, .md-tabs, .md-content, .md-sidebar--secondary, .md-top, .md-footer",
  );

  function button(label, name) {
    const box = document.getElementById(label.htmlFor);
    const one = document.createElement("button");
    for (const { name: key, value } of label.attributes) one.setAttribute(key, value);
    one.type = "button";
    one.removeAttribute("tabindex");
    one.setAttribute("aria-label", name);
    one.append(...label.childNodes);
    one.addEventListener("click", () => box.click());
    const tell = () => one.setAttribute("aria-expanded", String(box.checked));
    box.addEventListener("change", tell);
    tell();
    label.replaceWith(one);
    return one;
  }

  const open = button(opener, "Menu");
  closer.querySelector("a")?.remove();
  const close = button(closer, "Close the menu");
  for (const label of menu.querySelectorAll("label.md-nav__link")) {
    const name = (label.textContent.trim() || label.previousElementSibling.textContent).trim();
    button(label, label.htmlFor === "__toc" ? `${name}: on this page` : `${name}: more pages`);
  }

  drawer.addEventListener("change", () => {
    for (const one of others) one.inert = drawer.checked;
    (drawer.checked ? close : open).focus();
  });
  const leave = () => drawer.checked && drawer.click();
  document.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  matchMedia("(min-width: 76.25em)").addEventListener("change", leave);
})();
