// Runs a program where no network is, and takes down what it looks for there. To be started in a network and a mount
// namespace of its own: `node enclosure.mjs RECORD COMMAND …`. Every name that is asked is answered with loopback, so that
// who asks goes on to connect; whatever is sent to any other address is counted by the system as having no route.
// RECORD becomes JSON: `{ names, connections, unrouted }`.
import { execFileSync, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const [record, command, ...parameters] = process.argv.slice(2);
const names = [];
const connections = [];

const system = (program, ...words) => execFileSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });

/** The only network is loopback. To a program that looks, it seems to be a computer with an address and a way out. */
function closeNetwork() {
  system("ip", "link", "set", "lo", "up");
  for (const address of ["192.0.2.1/32", "2001:db8::1/128"]) system("ip", "address", "add", address, "dev", "lo");
  for (const family of ["-4", "-6"]) system("ip", family, "route", "add", "throw", "default");
}

/** The system's own files name the server below; services that would ask for a program are out of its reach. */
function nameServer(folder) {
  const files = {
    "resolv.conf": "nameserver 127.0.0.1\n",
    "nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
    hosts: "127.0.0.1 localhost\n::1 localhost\n",
  };
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(path.join(folder, name), text);
    system("mount", "--bind", path.join(folder, name), `/etc/${name}`);
  }
  for (const place of ["/run/nscd", "/run/systemd/resolve", "/run/avahi-daemon"])
    if (existsSync(place)) system("mount", "-t", "tmpfs", "none", place);
}

/** The answer to a question of names: loopback, whatever was asked. */
function answer(question) {
  const labels = [];
  let at = 12;
  for (; question[at] !== 0; at += question[at] + 1)
    labels.push(question.toString("latin1", at + 1, at + 1 + question[at]));
  const kind = question.readUInt16BE(at + 1);
  names.push(labels.join("."));
  const data = { 1: Buffer.from([127, 0, 0, 1]), 28: Buffer.from([...Array(15).fill(0), 1]) }[kind];
  const head = Buffer.from(question.subarray(0, at + 5));
  head.writeUInt16BE(0x8180, 2);
  [1, data === undefined ? 0 : 1, 0, 0].forEach((count, place) => head.writeUInt16BE(count, 4 + 2 * place));
  if (data === undefined) return head;
  const body = Buffer.alloc(12);
  body.writeUInt16BE(0xc00c, 0);
  body.writeUInt16BE(kind, 2);
  body.writeUInt16BE(1, 4);
  body.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, body, data]);
}

async function listen() {
  const asked = createSocket("udp4");
  asked.on("message", (question, from) => asked.send(answer(question), from.port, from.address));
  asked.bind(53, "127.0.0.1");
  await once(asked, "listening");
  // A long question may come by TCP, with its length before it; a web address leads to 80 or 443.
  const servers = [
    ["127.0.0.1", 53],
    ["127.0.0.1", 80],
    ["127.0.0.1", 443],
    ["::1", 80],
    ["::1", 443],
  ].map(async ([host, port]) => {
    const server = createServer((socket) => {
      connections.push(`${host} ${port}`);
      socket.on("error", () => undefined);
      socket.end();
    }).listen(port, host);
    await once(server, "listening");
  });
  await Promise.all(servers);
}

/** How many packets had no way to where they should go. */
function unrouted() {
  const [titles, values] = readFileSync("/proc/net/snmp", "utf8")
    .split("\n")
    .filter((line) => line.startsWith("Ip:"))
    .map((line) => line.split(" "));
  const six = /^Ip6OutNoRoutes\s+(\d+)/m.exec(readFileSync("/proc/net/snmp6", "utf8"));
  return Number(values[titles.indexOf("OutNoRoutes")]) + Number(six?.[1] ?? 0);
}

const folder = mkdtempSync(path.join(tmpdir(), "homeroom-enclosure-"));
let code = 1;
try {
  closeNetwork();
  nameServer(folder);
  await listen();
  const before = unrouted();
  const child = spawn(command, parameters, { stdio: "inherit" });
  [code] = await once(child, "close");
  writeFileSync(record, JSON.stringify({ names, connections, unrouted: unrouted() - before }));
} finally {
  for (const name of ["resolv.conf", "nsswitch.conf", "hosts"])
    try {
      system("umount", `/etc/${name}`);
    } catch {
      /* not mounted */
    }
  rmSync(folder, { recursive: true, force: true });
}
process.exit(code ?? 1);
