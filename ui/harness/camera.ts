// The register with invented cameras, and the screen at the door: `?door=welcome|turn_left|greeting|late|here|office|lost…`
// shows the door in that state. `npx vite harness` serves it; no build includes it.
import type { Channel } from "@tauri-apps/api/core";
import { mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import type { LiveState } from "../src/bindings/LiveState";
import { answer } from "./answers";

const search = new URLSearchParams(location.search);
localStorage.setItem("homeroom.colours", search.get("colours") ?? "light");
localStorage.setItem("homeroom.lastLanguage", search.get("language") ?? "en");
// The router would take the page's own question for a part of the address.
history.replaceState(null, "", location.pathname + location.hash);
const door = search.get("door");
const several = search.has("several");
const held = [
  "registers_of_day",
  "register",
  "start_attendance_session",
  "start_kiosk",
  "running_kiosk",
  "enrol_faces",
  "camera_health",
  "face_status",
  "absent_today",
  "attendance_summary",
  "attendance_csv",
];
const names = [
  "Amara Okonkwo",
  "Aarav Sharma",
  "Layla Haddad",
  "Zoë Müller-Żółkiewska-Featherstonehaugh of the Northern Hills",
  "Noah Becker",
  "Ines Costa",
  "Jonas Ammann",
  "Mei Tan",
  "Omar Saleh",
  "Lena Vogt",
  "Ravi Patel",
  "Sofia Rossi",
  "Tom Byrne",
  "Yuki Mori",
  "Eva Novak",
  "Ali Demir",
];
const student = (place: number) => ({ student: `p${place}`, number: `${1000 + place}`, name: names[place] ?? "" });
const health = {
  width: 640,
  height: 480,
  framesPerSecond: 24.8,
  lookedPerSecond: 14.2,
  frames: 3512,
  droppedBeforeDecoding: 840,
  droppedBeforeLooking: 212,
  broken: 1,
  milliseconds: { decode: 3.1, find: 21.4, align: 0.6, embed: 31.8, match: 0.1 },
};
const face = (
  track: number,
  left: number,
  state: "recognised" | "unsure" | "unknown" | "looking",
  who: number | null,
) => ({
  track,
  box: [left, 0.3, 0.14, 0.25] as [number, number, number, number],
  state,
  student: who === null ? null : { ...student(who), score: 0.7 },
});
const codes = [
  ["P", "Present", "present"],
  ["L", "Late", "late"],
  ["A", "Absent", "absent"],
  ["E", "Excused", "excused"],
].map(([code, title, meaning], position) => ({ id: code, code, title, meaning, position, version: 1 }));
const mark = (code: string, source: string) => ({
  code,
  minutesLate: null,
  reason: null,
  source,
  by: "Mina Okonkwo",
  at: "2026-11-21T07:58:00Z",
  changed: false,
  version: 1,
});
const register = {
  class: "c1",
  classTitle: "7B",
  date: "2026-11-21",
  lesson: 0,
  codes,
  takenAt: null,
  takenBy: null,
  students: names.map((name, place) => {
    const [givenName, ...rest] = name.split(" ");
    return {
      ...student(place),
      givenName,
      familyName: rest.join(" "),
      nativeName: place === 1 ? "आरव शर्मा" : null,
      mark: place > 12 ? mark("P", "camera") : place === 12 ? mark("E", "hand") : null,
    };
  }),
};

const seen: LiveState["cameras"][number] = {
  camera: 1,
  kind: "webcam",
  status: { state: "running" },
  sequence: 10,
  faces: [face(1, 0.1, "recognised", 0), face(2, 0.38, "unsure", null), face(3, 0.7, "unknown", null)],
  health,
};

const session: LiveState = {
  session: "live",
  purpose: "register",
  class: "c1",
  date: "2026-11-21",
  lesson: 0,
  model: "SFace 2021dec",
  enrolled: 14,
  unknown: 2,
  guidance: [],
  turn: null,
  problem: null,
  kiosk: null,
  cameras: [
    seen,
    ...(several
      ? [
          {
            camera: 2,
            kind: "network" as const,
            status: { state: "retrying" as const, problem: "unreachable" as const, waitMs: 3000 },
            sequence: 2,
            faces: [],
            health,
          },
          {
            camera: 3,
            kind: "photograph" as const,
            status: { state: "ended" as const },
            sequence: 0,
            faces: [face(9, 0.4, "recognised", 3)],
            health,
          },
        ]
      : []),
  ],
  present: [13, 14, 15].map((place) => ({ ...student(place), meaning: "present", source: "camera", recognised: true })),
  proposed: [0, 3, 4].map((place) => ({
    ...student(place),
    score: 0.71,
    margin: 0.3,
    frames: 5,
    firstSeen: "2026-11-21T08:12:00Z",
    minutesLate: place === 4 ? 12 : null,
    source: "camera",
  })),
  unsure: [
    {
      track: 2,
      reason: "not_clear",
      candidates: [
        { ...student(1), score: 0.48 },
        { ...student(5), score: 0.46 },
      ],
    },
    ...(several ? [{ track: 7, reason: "looks_flat" as const, candidates: [{ ...student(6), score: 0.66 }] }] : []),
  ],
  unknownFaces: [
    { face: 1, sightings: 14, pictures: 4 },
    { face: 2, sightings: 3, pictures: 1 },
  ],
  missing: [1, 2, 5, 6, 7, 8, 9, 10, 11].map((place) => ({
    ...student(place),
    canBeRecognised: place !== 7,
    meaning: null,
    rejected: place === 8,
  })),
};
const doors: Record<string, Partial<LiveState["kiosk"] & object>> = {
  greeting: { greeting: { number: 1, name: "Amara Okonkwo", kind: "present", minutesLate: null } },
  late: { greeting: { number: 1, name: names[3] ?? "", kind: "late", minutesLate: 12 } },
  here: { greeting: { number: 1, name: "ليلى حداد", kind: "already_here", minutesLate: null } },
  office: { greeting: { number: 1, name: "Noah Becker", kind: "see_office", minutesLate: null } },
};
function atDoor(how: string): LiveState {
  const one = {
    ...seen,
    faces: [face(1, 0.4, "looking", null)],
    ...(how === "lost" ? { status: { state: "lost" as const, problem: "unplugged" as const } } : {}),
  };
  const prompt = (doors[how] !== undefined || how === "lost" ? "welcome" : how) as "welcome";
  return {
    ...session,
    session: "door",
    purpose: "kiosk",
    class: null,
    date: null,
    present: [],
    proposed: [],
    unsure: [],
    unknown: 0,
    unknownFaces: [],
    missing: [],
    cameras: [one],
    kiosk: { prompt, turns: how.startsWith("turn") ? [1, 2] : null, greeting: null, sound: true, ...doors[how] },
  };
}

/** A picture of nobody in particular. */
async function picture(): Promise<ArrayBuffer> {
  const canvas = new OffscreenCanvas(640, 480);
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("nothing to draw with");
  pen.fillStyle = "#54606f";
  pen.fillRect(0, 0, 640, 480);
  for (const [x, skin] of [
    [109, "#8d5a3c"],
    [288, "#e0b493"],
    [493, "#c98f68"],
  ] as const) {
    pen.fillStyle = "#2b3440";
    pen.fillRect(x - 60, 290, 120, 190);
    pen.fillStyle = skin;
    pen.beginPath();
    pen.ellipse(x, 204, 44, 60, 0, 0, 7);
    pen.fill();
  }
  return (await canvas.convertToBlob({ type: "image/jpeg" })).arrayBuffer();
}
const jpeg =
  "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==";

function answers(operation: string, input: unknown): unknown {
  switch (operation) {
    case "registers_of_day":
      return {
        taken: 1,
        classes: ["7A", "7B", "8A"].map((classTitle, place) => ({
          class: `c${place}`,
          classTitle,
          students: 16,
          taken: place === 0,
          takenAt: null,
          takenBy: null,
          counts: { present: 0, late: 0, absent: 0, excused: 0 },
        })),
      };
    case "register":
      return register;
    case "face_status":
      return {
        on: true,
        policy: "",
        policyVersion: "1",
        models: { detector: "YuNet 2023mar", embedder: "SFace 2021dec", problem: null, help: null },
        key: { place: null, problem: null, help: null },
      };
    case "list_cameras":
      return [{ device: 0, name: "Integrated Camera" }];
    case "start_attendance_session":
    case "live_session":
    case "add_camera":
    case "remove_camera":
      return session;
    case "unknown_faces":
      return session.unknownFaces.map((one) => ({ ...one, jpeg }));
    case "consent_state":
      return { total: 1, rows: [{ student: "p7", consent: { givenBy: "Robin Tan" }, objection: null }] };
    case "camera_health":
      return [{ purpose: "register", camera: { ...seen, faces: [] }, enrolled: 14, model: session.model }];
    case "running_kiosk":
      return door === null ? null : atDoor(door);
    case "start_kiosk":
      return atDoor("welcome");
    case "leave_kiosk":
      if ((input as { password: string }).password !== "right")
        throw { code: "wrong_password", message: "Wrong.", fields: [], help: null, details: null };
      return null;
    case "calendar":
    case "school_calendar":
      return [];
    default: {
      const found = answer("in", operation, input);
      if (operation === "whoami")
        (found as { schools: { operations: string[] }[] }).schools.forEach((school) => school.operations.push(...held));
      return found;
    }
  }
}

mockWindows("main");
mockIPC(async (command, payload) => {
  const { operation, input, states, pictures } = payload as {
    operation: string;
    input: unknown;
    states?: Channel<LiveState>;
    pictures?: Channel<ArrayBuffer>;
  };
  if (command === "watch_session" && states !== undefined)
    setTimeout(() => states.onmessage(door === null ? session : atDoor(door)), 50);
  if (command === "watch_camera" && pictures !== undefined)
    setTimeout(() => void picture().then((bytes) => pictures.onmessage(bytes)), 50);
  return command === "call" ? answers(operation, input) : 0;
});
await import("../src/main");
