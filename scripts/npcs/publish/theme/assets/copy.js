/* Beside each feed and calendar a button that copies its whole address, for a reader or calendar to
   be given. Where the browser lets no page copy, the address is shown to be copied by hand. */

(() => {
  "use strict";
  for (const link of document.querySelectorAll("a.npcs-copy")) {
    const button = document.createElement("button");
    const told = document.createElement("span");
    const row = link.closest("tr");
    const of = [row && row.cells[0].textContent, link.textContent].filter(Boolean).join(", ");
    button.type = "button";
    button.className = "npcs-copying";
    button.textContent = "Copy address";
    button.setAttribute("aria-label", `Copy address of ${of}`);
    told.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(link.href);
        told.textContent = " Copied";
      } catch {
        const shown = document.createElement("code");
        shown.textContent = link.href;
        told.replaceChildren(" ", shown);
        getSelection().selectAllChildren(shown);
      }
    });
    link.after(" ", button, told);
  }
})();
