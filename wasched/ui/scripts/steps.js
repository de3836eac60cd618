// A form in steps (.steps) posts only what stands on its last one. Without this script all steps stand on the page.
const steps = () => document.querySelector("form.steps");
const later = (form) => form?.querySelector(".step.later");
const isAhead = (form) => form.dataset.step === "later";
const turn = (form, ahead) => {
  form.dataset.step = ahead ? "later" : "";
  (ahead ? later(form) : form).querySelector("h2").focus();
};
document.addEventListener("submit", (event) => {
  const last = later(event.target);
  const wrong = last?.querySelector("[aria-invalid=true]");
  if (!last || (last.offsetParent && !wrong)) return;
  event.preventDefault();
  if (last.offsetParent) return wrong.focus();
  // What only the server can tell about a step is asked first (.asks), and its answer goes on.
  const asks = event.target.querySelector(".asks");
  if (asks) asks.click();
  else window.nextStep();
});
window.nextStep = () => {
  if (!steps() || isAhead(steps())) return;
  // The browser's own Back leads to the step before, and never to one of a page that is gone.
  history.pushState({ ...history.state, step: performance.timeOrigin }, "");
  turn(steps(), true);
};
addEventListener("popstate", (event) => {
  const ahead = event.state?.step === performance.timeOrigin;
  if (!steps() || ahead === isAhead(steps())) return;
  event.stopImmediatePropagation(); // the page stays
  turn(steps(), ahead);
}, true);
document.addEventListener("click", (event) => event.target.closest?.(".steps .back") && history.back());
