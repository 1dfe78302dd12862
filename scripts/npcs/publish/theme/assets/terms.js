// Escape closes the meaning of a term until the pointer or the focus has left it.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const term of document.querySelectorAll(".npcs-term:hover, .npcs-term:focus-within")) {
    term.classList.add("npcs-closed");
    const open = () => {
      if (term.matches(":hover, :focus-within")) return;
      term.classList.remove("npcs-closed");
      term.removeEventListener("mouseleave", open);
      term.removeEventListener("focusout", later);
    };
    const later = () => setTimeout(open);
    term.addEventListener("mouseleave", open);
    term.addEventListener("focusout", later);
  }
});
