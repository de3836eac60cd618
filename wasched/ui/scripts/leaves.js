// A row that a press takes away (data-leaves) fades at once; whatever the page shows next ends that.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-leaves]")?.closest(".ask-row, .m-choice");
  if (!row) return;
  const fading = row.animate([{ opacity: 1 }, { opacity: 0.35 }], { duration: 120, fill: "forwards" });
  const seen = new MutationObserver(() => end());
  const end = () => [fading.cancel(), seen.disconnect()];
  seen.observe(row.parentElement.parentElement, { childList: true, subtree: true, characterData: true });
  setTimeout(end, 4_000);
});
