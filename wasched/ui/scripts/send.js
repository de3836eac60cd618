// Ctrl+Enter, on a Mac Command+Enter, does what the form's own button does, from every field of it; Compose is one
// form to whoever fills it in.
const formOf = (field) => field.closest("dialog form, [role=alertdialog] form, [role=dialog] form")
  ?? document.getElementById("compose") ?? field.closest("form:not([role=search])");
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
  const form = event.target instanceof Element && formOf(event.target);
  if (!form) return;
  event.preventDefault();
  const own = event.target.closest("form");
  if (own && own !== form && event.target.value) own.requestSubmit(); // whom is typed comes before what is sent
  // Fields tell what was typed when it rests, or when they are left: the last words go along.
  event.target.blur();
  event.target.focus({ preventScroll: true });
  form.requestSubmit();
});
