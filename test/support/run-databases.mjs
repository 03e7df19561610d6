import { randomBytes } from "node:crypto";
import process from "node:process";
import { URL } from "node:url";
import pg from "pg";

/**
 * The databases of one run on the server at TEST_DATABASE_URL: a template, and copies of it, which all have the run's name
 * first. As long as the run lives it has a connection of that name, so another one knows which databases nobody needs any more.
 */
const RUN = /^tg_[0-9a-f]{8}(?=_)/;

let run;
let held;

/** Clears away what killed runs left behind, and makes the template, still empty. Returns its address; none without a server. */
export async function openRun() {
  const server = process.env.TEST_DATABASE_URL;
  if (!server) return undefined;
  run = `tg_${randomBytes(4).toString("hex")}`;
  held = new pg.Client({ connectionString: server, application_name: run });
  await held.connect();
  const names = await databases();
  const { rows } = await held.query("select application_name as run from pg_stat_activity");
  const alive = new Set(rows.map((row) => row.run));
  await drop(names.filter((name) => !alive.has(RUN.exec(name)[0])));
  const template = `${run}_template`;
  await held.query(`create database ${template}`);
  // A run that is killed takes this connection with it; until then it is no reason to live on.
  held.connection.stream.unref();
  process.env.TEST_DATABASE_TEMPLATE = template;
  const url = new URL(server);
  url.pathname = `/${template}`;
  return url.href;
}

/** Drops all of the run's databases. */
export async function closeRun() {
  if (!held) return;
  held.connection.stream.ref();
  await drop((await databases()).filter((name) => name.startsWith(`${run}_`)));
  await held.end();
}

async function databases() {
  const { rows } = await held.query("select datname as name from pg_database where datname ~ $1", [RUN.source]);
  return rows.map((row) => row.name);
}

async function drop(names) {
  for (const name of names) await held.query(`drop database if exists ${name} with (force)`);
}
