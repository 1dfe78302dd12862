// Escape closes the meaning of a term until both the pointer and the focus have left it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".npcs-term:hover, .npcs-term:focus-within")) {
    const left = ({ type, relatedTarget }) => {
      const kept = type === "focusout" ? term.matches(":hover") : term.matches(":focus-within");
      if (kept || term.contains(relatedTarget)) return;
      term.classList.remove("npcs-closed");
      term.removeEventListener("mouseleave", left);
      term.removeEventListener("focusout", left);
    };
    term.classList.add("npcs-closed");
    term.addEventListener("mouseleave", left);
    term.addEventListener("focusout", left);
  }
});
