// Where no server answers, sw.js shows a page that says so.
navigator.serviceWorker?.register("/sw.js").catch(() => {});
