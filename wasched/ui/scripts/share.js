// Hands a link to the phone's own sheet of apps; buttons for it are seen where there is one, which
// is on phones, over https or on the machine itself (Web Share, 3.1).
if (navigator.share) document.documentElement.dataset.shares = "";

document.addEventListener("click", (event) => {
  const url = event.target instanceof Element && event.target.closest("[data-share]")?.dataset.share;
  if (url) navigator.share({ url }).catch(() => {}); // who changes their mind is no fault
});
