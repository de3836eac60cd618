// A new password makes this browser unknown at the door; being signed in, it is known again.
window.rememberBrowser = () => fetch("/auth/known", { method: "POST" });
