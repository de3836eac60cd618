// Buttons put words, or marks around what is chosen, where somebody writes: data-insert, data-around.
let written = null; // the field that was last written in
document.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) written = event.target;
});
const fieldOf = (button) => (written?.isConnected ? written : document.getElementById(button.dataset.into));
const writes = (event) => (event.target instanceof Element ? event.target.closest("[data-insert], [data-around]") : null);
document.addEventListener("mousedown", (event) => writes(event) && event.preventDefault()); // the field keeps the cursor
// Of the ways to write into a field only this one keeps the browser's own undo.
const write = (field, words) => {
  // A mention counts only where a word begins.
  const joins = words.startsWith("@") && /\S$/.test(field.value.slice(0, field.selectionStart));
  field.focus();
  document.execCommand("insertText", false, joins ? ` ${words}` : words);
};
window.insertWords = (words) => write(written?.isConnected ? written : document.getElementById("text"), words);
document.addEventListener("click", (event) => {
  const button = writes(event);
  const field = button && fieldOf(button);
  if (!field) return;
  const { selectionStart: start, selectionEnd: end, value } = field;
  const mark = button.dataset.around ?? "";
  write(field, mark ? mark + value.slice(start, end) + mark : button.dataset.insert);
  if (mark) field.setSelectionRange(start + mark.length, end + mark.length);
  const menu = button.closest(".popper[open]");
  if (menu) menu.open = false;
});
