// Closing a window as a window manager does: by the message that its title bar's button sends.
// There is no window manager on the stage, so this speaks the X protocol itself.
import { connect } from "node:net";

/** A connection to the display; `ask` sends one request and resolves with its reply. */
async function display() {
  const number = /:(\d+)/.exec(process.env.DISPLAY ?? "")?.[1];
  if (number === undefined) throw new Error("DISPLAY names no X server");
  const socket = connect(`/tmp/.X11-unix/X${number}`);
  let held = Buffer.alloc(0);
  let wake = () => undefined;
  socket.on("data", (part) => {
    held = Buffer.concat([held, part]);
    wake();
  });
  const failed = new Promise((_, refuse) => socket.on("error", refuse));
  const read = async (bytes) => {
    while (held.length < bytes)
      await Promise.race([
        new Promise((more) => {
          wake = more;
        }),
        failed,
      ]);
    const taken = held.subarray(0, bytes);
    held = held.subarray(bytes);
    return taken;
  };
  socket.write(Buffer.from([0x6c, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
  const answer = await read(8);
  const rest = await read(answer.readUInt16LE(6) * 4);
  if (answer[0] !== 1) throw new Error(`the X server refuses: ${rest.toString("latin1")}`);
  // The first screen stands behind the vendor's name and the list of formats.
  const root = rest.readUInt32LE(32 + Math.ceil(rest.readUInt16LE(16) / 4) * 4 + rest[21] * 8);
  const send = (request) => {
    request.writeUInt16LE(request.length / 4, 2);
    socket.write(request);
  };
  const ask = async (request) => {
    send(request);
    for (;;) {
      const head = await read(32);
      if (head[0] === 0) throw new Error(`the X server refuses request ${request[0]}: error ${head[1]}`);
      if (head[0] === 1) return Buffer.concat([head, await read(head.readUInt32LE(4) * 4)]);
    }
  };
  return { root, send, ask, end: () => socket.end() };
}

function request(code, ...words) {
  const made = Buffer.alloc(4 + 4 * words.length);
  made[0] = code;
  words.forEach((word, place) => made.writeUInt32LE(word, 4 + 4 * place));
  return made;
}

function atom(name) {
  const made = Buffer.alloc(8 + Math.ceil(name.length / 4) * 4);
  made[0] = 16;
  made.writeUInt16LE(name.length, 4);
  made.write(name, 8, "latin1");
  return made;
}

/** Asks every window on the display that can be asked to close. Resolves with how many there were. */
export async function closeWindows() {
  const { root, send, ask, end } = await display();
  try {
    const protocols = (await ask(atom("WM_PROTOCOLS"))).readUInt32LE(8);
    const deleteWindow = (await ask(atom("WM_DELETE_WINDOW"))).readUInt32LE(8);
    const tree = await ask(request(15, root));
    let asked = 0;
    for (let place = 0; place < tree.readUInt16LE(16); place += 1) {
      const window = tree.readUInt32LE(32 + 4 * place);
      const found = await ask(request(20, window, protocols, 4, 0, 32));
      const list = Array.from({ length: found.readUInt32LE(16) }, (_, at) => found.readUInt32LE(32 + 4 * at));
      const attributes = await ask(request(3, window));
      if (!list.includes(deleteWindow) || attributes[26] !== 2) continue;
      const event = Buffer.alloc(44);
      event[0] = 25;
      event.writeUInt32LE(window, 4);
      event[12] = 33;
      event[13] = 32;
      event.writeUInt32LE(window, 16);
      event.writeUInt32LE(protocols, 20);
      event.writeUInt32LE(deleteWindow, 24);
      send(event);
      asked += 1;
    }
    await ask(request(43)); // An answer to anything later says that the messages were taken.
    return asked;
  } finally {
    end();
  }
}
