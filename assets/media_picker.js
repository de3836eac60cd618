// Sends files to the server in pieces: goes on where a broken line stopped, shows how far it is.
import { createElement as h, useEffect, useRef, useState } from "react";

const TRIES = 8;
const problem = async (answer) => {
  const body = await answer.json().catch(() => ({}));
  return new Error(body.detail || "The server did not take the file. Try again.");
};

// The same file chosen again, after a reload too, goes on where it stopped.
const keyOf = (file) => `wasched-upload-${file.name}-${file.size}-${file.lastModified}`;

const begun = async (file, wanted, signal) => {
  const kept = sessionStorage.getItem(keyOf(file));
  if (kept) {
    const answer = await fetch(`/uploads/${kept}`, { signal });
    if (answer.ok) return answer.json();
  }
  const answer = await fetch("/uploads", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: file.name, size: file.size, wanted: wanted || "" }),
    signal,
  });
  if (!answer.ok) throw await problem(answer);
  const upload = await answer.json();
  sessionStorage.setItem(keyOf(file), upload.id);
  return upload;
};

const piece = async (file, upload, signal) => {
  const answer = await fetch(`/uploads/${upload.id}`, {
    method: "PATCH",
    headers: { "Upload-Offset": String(upload.offset) },
    body: file.slice(upload.offset, upload.offset + upload.chunk),
    signal,
  });
  if (!answer.ok && answer.status !== 409) {
    const refusal = await problem(answer);
    refusal.final = answer.status < 500 || answer.status === 507;
    throw refusal;
  }
  return (await answer.json()).offset;
};

const send = async (file, wanted, tell, signal) => {
  const upload = await begun(file, wanted, signal);
  for (let tries = 0; upload.offset < file.size; ) {
    tell(upload.offset / file.size);
    try {
      upload.offset = await piece(file, upload, signal);
      tries = 0;
    } catch (fault) {
      if (signal.aborted || fault.final || ++tries === TRIES) throw fault;
      await new Promise((go) => setTimeout(go, Math.min(500 * 2 ** tries, 8000)));
    }
  }
  tell(1);
  const query = wanted ? `?wanted=${wanted}` : "";
  const answer = await fetch(`/uploads/${upload.id}/finish${query}`, { method: "POST", signal });
  if (!answer.ok) throw await problem(answer);
  return answer.json();
};

const sentence = (fault) =>
  fault instanceof TypeError ? "The line to the server broke. Choose the file again." : fault.message;

export function MediaPicker({ label, accept, wanted, multiple, className, inputId, onDone, onRefused }) {
  const [standing, setStanding] = useState(null);
  const input = useRef(null);
  const stop = useRef(null);
  useEffect(() => () => stop.current?.abort(), []);

  const take = async (files) => {
    stop.current = new AbortController();
    const { signal } = stop.current;
    for (const file of files) {
      const tell = (part) => setStanding({ name: file.name, part });
      try {
        tell(0);
        const made = await send(file, wanted, tell, signal);
        sessionStorage.removeItem(keyOf(file));
        onDone?.(String(made.id));
      } catch (fault) {
        if (signal.aborted) break;
        sessionStorage.removeItem(keyOf(file));
        onRefused?.(`${file.name}: ${sentence(fault)}`);
      }
    }
    setStanding(null);
    if (input.current) input.current.value = "";
  };

  const percent = Math.floor((standing?.part ?? 0) * 100);
  const busy = standing && [
    h("span", { key: "name", className: "clip" }, h("bdi", null, standing.name)),
    h("progress", { key: "bar", max: 100, value: percent, "aria-label": `Uploading ${standing.name}` }),
    h("span", { key: "percent", className: "num small" }, percent === 100 ? "Checking…" : `${percent} %`),
    h("button", { key: "stop", type: "button", className: "btn ghost", onClick: () => stop.current?.abort() }, "Stop"),
  ];
  const field = h("input", {
    ref: input,
    key: "field",
    id: inputId,
    type: "file",
    className: "sr",
    hidden: !label, // a button elsewhere opens it
    accept: accept || undefined,
    multiple: Boolean(multiple),
    disabled: Boolean(standing),
    onChange: (event) => take([...event.target.files]),
  });
  const button = label && h("label", { key: "label", className: className || "btn", hidden: Boolean(standing) }, field, label);
  return h(
    "span",
    { className: "picker" },
    button || field,
    busy && h("span", { className: "picking", role: "status" }, busy),
  );
}
