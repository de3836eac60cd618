// BullMQ delayed jobs with SQLite rows: the stack that wasched is measured against. The rows are
// written by Node.js itself, so that nothing has to be compiled.
//
// Usage: node bench.mjs REDIS_PORT DATABASE CONCURRENCY, with instants (seconds since 1970) as a
// JSON array on stdin. Each message is a row and a delayed job that carries the row's id; it
// costs two commits, the claim and the end, as durable as those of wasched. The script lives
// until it is told to end.
import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { Queue, Worker } from "bullmq";

const [port, path, concurrency] = process.argv.slice(2);
const instants = JSON.parse(readFileSync(0, "utf8"));
const connection = { host: "127.0.0.1", port: Number(port), maxRetriesPerRequest: null };
const now = () => (performance.timeOrigin + performance.now()) / 1000;

const database = new DatabaseSync(path);
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE message (
  id INTEGER PRIMARY KEY, due_at REAL NOT NULL, status TEXT NOT NULL, sent_at REAL);
  CREATE INDEX ix_status_due ON message (status, due_at)`);
const claim = database.prepare(
  "UPDATE message SET status = 'sending' WHERE id = ? AND status = 'scheduled'",
);
const end = database.prepare("UPDATE message SET status = 'sent', sent_at = ? WHERE id = ?");

const worker = new Worker(
  "messages",
  async (job) => {
    if (claim.run(job.data.id).changes === 1) end.run(now(), job.data.id);
  },
  { connection, concurrency: Number(concurrency) },
);
await worker.waitUntilReady();

const insert = database.prepare("INSERT INTO message VALUES (?, ?, 'scheduled', NULL)");
database.exec("BEGIN");
instants.forEach((due, id) => insert.run(id, due));
database.exec("COMMIT");
const queue = new Queue("messages", { connection });
const timestamp = Date.now();
const jobs = instants.map((due, id) => ({
  name: "send",
  data: { id },
  opts: { timestamp, delay: Math.round(due * 1000) - timestamp, removeOnComplete: true },
}));
for (let first = 0; first < jobs.length; first += 1000) {
  await queue.addBulk(jobs.slice(first, first + 1000));
}
console.log("ready");
