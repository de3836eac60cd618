// Copies what a button holds. On plain http from another machine there is no navigator.clipboard
// (Clipboard API, 4: secure contexts only); the old way works there.
const copyOld = (text) => {
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  field.style.position = "fixed";
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
};

const copy = async (text) => {
  if (!navigator.clipboard) return copyOld(text);
  return navigator.clipboard.writeText(text).then(() => true, () => copyOld(text));
};

document.addEventListener("click", async ({ target }) => {
  const button = target instanceof Element && target.closest("[data-copy]");
  if (!button || !(await copy(button.dataset.copy))) return;
  button.focus();
  button.dataset.done = "";
  const said = document.getElementById("page-title");
  if (said) said.textContent = "Copied";
  setTimeout(() => delete button.dataset.done, 3000);
});
