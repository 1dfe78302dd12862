/* Every control of a page, focused in turn as the Tab key would: what is wrong with each. A control
   is at fault when it takes the focus where nobody sees it, or shows nothing when it has it. */
() => {
  const faults = [];
  const said = (one) =>
    `${one.tagName.toLowerCase()}${one.id ? "#" + one.id : ""} “${(
      one.getAttribute("aria-label") || one.textContent
    ).trim().replace(/\s+/g, " ").slice(0, 40)}”`;
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[inert]");
  const passedOver = (one) =>
    one.type === "radio" &&
    one !==
      (document.querySelector(`[name="${one.name}"]:checked`) ||
        document.querySelector(`[name="${one.name}"]`));
  const controls = [
    ...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
  ].filter((one) => one.tabIndex >= 0 && !one.disabled && shown(one) && !passedOver(one));
  if (controls.some((one) => one.tabIndex > 0)) faults.push("a control has an order of its own");

  const light = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    const part = (value) =>
      value <= 10.31 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    return [0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue), alpha];
  };
  const behind = (one) => {
    for (let at = one.parentElement; at; at = at.parentElement) {
      const [value, alpha] = light(getComputedStyle(at).backgroundColor);
      if (alpha > 0.9) return value;
    }
    return 1;
  };

  for (const one of controls) {
    one.focus();
    if (document.activeElement !== one) {
      faults.push(`${said(one)} cannot be focused`);
      continue;
    }
    const face = one.matches(".md-option") ? one.nextElementSibling : one;
    const box = face.getBoundingClientRect();
    const across = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
    const along = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    if (box.width < 1 || box.height < 1 || across < 1 || along < 1) {
      faults.push(`${said(one)} takes the focus where nobody sees it`);
      continue;
    }
    const style = getComputedStyle(face);
    if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) {
      faults.push(`${said(one)} does not show that it has the focus`);
    } else {
      const inside = parseFloat(style.outlineOffset) < 0;
      const own = light(style.backgroundColor);
      const ground = inside && own[1] > 0.9 ? own[0] : behind(face);
      const [low, high] = [light(style.outlineColor)[0], ground].sort((a, b) => a - b);
      if ((high + 0.05) / (low + 0.05) < 3) faults.push(`${said(one)}: its focus is too faint (${style.outlineColor} on ${ground.toFixed(2)})`);
    }
    // The middle of its first line must not be covered by something else.
    const line = face.getClientRects()[0];
    const x = Math.min(Math.max(line.left + line.width / 2, 1), innerWidth - 2);
    const y = Math.min(Math.max(line.top + line.height / 2, 1), innerHeight - 2);
    const top = document.elementFromPoint(x, y);
    if (top && !face.contains(top) && !top.contains(face)) {
      const covers = top.closest(".md-header, .md-tabs, .md-top, .md-sidebar, .md-dialog");
      if (covers && !covers.contains(face)) faults.push(`${said(one)} is covered by ${said(top)}`);
    }
  }
  document.activeElement.blur();
  for (const one of document.querySelectorAll("*")) {
    if (one.scrollTop || one.scrollLeft) one.scrollTo(0, 0);
  }
  return { faults, controls: controls.length };
};
