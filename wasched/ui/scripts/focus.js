// A question that the server opens has no button to give the focus back to: it goes where it was.
const within = "[role=alertdialog], [data-radix-focus-guard]";
let before = null;
document.addEventListener("focusin", ({ target }) => {
  if (!target.closest(within)) before = target;
});
window.focusBack = () => before?.isConnected && before.focus();
