// Boxes and radios that hold what was pressed follow the server when it takes another: data-taken.
new MutationObserver((changes) => {
  for (const { target } of changes)
    for (const one of target.querySelectorAll("input")) one.checked = target.dataset.taken.split(" ").includes(one.value);
}).observe(document.documentElement, { subtree: true, attributeFilter: ["data-taken"] });
