// Several numbers that are pasted into To, one a line or a cell, become recipients at once. By itself the browser
// drops line ends from what is pasted into a field of one line, and the numbers would be one.
const DIGITS = 5;
const isNumber = (piece) => (piece.match(/\d/g) ?? []).length >= DIGITS;
document.addEventListener("paste", (event) => {
  const field = event.target;
  const text = event.clipboardData?.getData("text/plain").trim() ?? "";
  if (field?.id !== "to" || text.split(/[\r\n\t,;]+/).filter(isNumber).length < 2) return;
  event.preventDefault();
  document.execCommand("insertText", false, text.replace(/[ \t]*[\r\n]+[ \t]*/g, "; "));
  field.form.requestSubmit();
});
