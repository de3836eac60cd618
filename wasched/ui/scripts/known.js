// A new password makes this browser unknown at the door; being signed in, it is known again.
window.rememberBrowser = () => fetch("/auth/known", { method: "POST" });
// A change of rights gives the session another token; this tab's line goes on by it.
window.renewSession = () => fetch("/auth/renew", { method: "POST", body: new URLSearchParams({ tab: sessionStorage.getItem("token") }) });
