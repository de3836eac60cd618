// React Router gives each page ten seconds to be rendered ahead, which a small, busy or emulated
// machine does not keep, and has no setting for it.
const timeout = AbortSignal.timeout;
AbortSignal.timeout = (ms) => timeout.call(AbortSignal, Math.max(ms, 300_000));
