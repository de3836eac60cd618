// A form at the door is posted plainly, perhaps before the page's state is there: what the address named goes along.
addEventListener("submit", ({ target }) => {
  const named = new URLSearchParams(location.search);
  for (const field of target.querySelectorAll("[data-from-address]")) field.value ||= named.get(field.name) ?? "";
}, { capture: true });
