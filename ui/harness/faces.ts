// Invented answers to the operations of faces: a school that has turned them on, with every state that there is.

const version = "sface-1";
const consent = {
  givenBy: "Ngozi Okonkwo",
  relationship: "mother",
  wordingVersion: "2",
  givenAt: "2026-09-04T08:10:00Z",
  endsAt: "2028-09-03T08:10:00Z",
};
const nobody = {
  consent: null,
  consentCurrent: false,
  consentEnded: null,
  objection: null,
  mayConsent: false,
  templates: 0,
  outdatedTemplates: 0,
  photographs: 0,
  evidence: 0,
  enrolledAt: null,
  goesOn: null,
};
const enrolled = {
  ...nobody,
  consent,
  consentCurrent: true,
  templates: 5,
  photographs: 5,
  evidence: 2,
  enrolledAt: "2026-09-07T07:55:00Z",
  goesOn: "2028-09-03",
};
const states = [
  enrolled,
  { ...enrolled, templates: 0, outdatedTemplates: 4, photographs: 0, evidence: 0 },
  { ...nobody, consent: { ...consent, wordingVersion: "1" }, goesOn: "2028-09-03" },
  nobody,
  { ...nobody, objection: "2026-10-12T09:30:00Z", consent, consentCurrent: true },
  { ...nobody, consentEnded: "2026-11-01T00:00:00Z" },
  { ...nobody, mayConsent: true },
];
const names = [
  ["Amara", "Okonkwo", null],
  ["Aarav", "Sharma", "आरव शर्मा"],
  ["Layla", "Haddad", "ليلى حداد"],
  ["Zoë", "Müller-Żółkiewska-Featherstonehaugh of the Northern Hills", null],
] as const;
const rows = Array.from({ length: 40 }, (_, place) => {
  const [givenName, familyName, nativeName] = names[place % names.length] ?? names[0];
  return {
    student: `p${place}`,
    number: `${1000 + place}`,
    givenName,
    familyName,
    nativeName,
    ...states[place % states.length],
  };
});
const checked = (place: number) => ({
  id: `p${place}`,
  number: `${1000 + place}`,
  name: `${names[place % 4]?.[0]} ${names[place % 4]?.[1]}`,
});
const fault = (code: string) => ({ code, message: code });
const outcomes = [
  "ready",
  "ready",
  "ready",
  "no_consent",
  "poor_photographs",
  "look_alike",
  "objection",
  "unknown_number",
  "ready",
] as const;
const purposes = [
  "session",
  "kiosk",
  "photograph",
  "enrolment",
  "re_enrolment",
  "evidence",
  "export",
  "look_alikes",
] as const;
const live = {
  session: "l1",
  purpose: "enrolment",
  class: null,
  date: null,
  lesson: 0,
  cameras: [
    {
      camera: 0,
      kind: "webcam",
      status: { state: "running" },
      sequence: 4,
      faces: [{ track: 1, box: [0.36, 0.2, 0.26, 0.5], state: "looking", student: null }],
      health: {},
    },
  ],
  present: [],
  proposed: [],
  unsure: [],
  unknown: 0,
  unknownFaces: [],
  missing: [],
  enrolled: 0,
  guidance: [],
  turn: 2,
  problem: null,
  kiosk: null,
  model: "SFace 1",
};

const page = <Row>(all: readonly Row[], { offset = 0, limit = 100 }: { offset?: number; limit?: number }) => ({
  rows: all.slice(offset, offset + limit),
  total: all.length,
});

export function facesAnswer(operation: string, input: unknown): unknown {
  const asked = input as {
    student?: string;
    search?: string;
    consented?: boolean | null;
    offset?: number;
    limit?: number;
    apply?: boolean;
    key?: string;
  };
  switch (operation) {
    case "face_status":
      return {
        on: true,
        policy:
          "The school keeps a mathematical template of the student's face, encrypted and only on its own computers, to take attendance. It is used for nothing else and is deleted when the consent is withdrawn or the student leaves.",
        policyVersion: "2",
        ownConsentAge: 16,
        models: { problem: null, help: null, version },
        key: { place: "system", problem: null, help: null },
        recoveryPrintedAt: null,
        enrolled: {
          version,
          students: 6,
          templates: 30,
          outdatedStudents: 2,
          outdatedTemplates: 8,
          outdatedVersions: ["sface-0"],
          photographs: 30,
        },
      };
    case "consent_state": {
      const found = rows.filter(
        ({ student, givenName, familyName, ...rest }) =>
          (asked.student === undefined || student === asked.student) &&
          `${givenName} ${familyName}`.toLowerCase().includes((asked.search ?? "").toLowerCase()) &&
          (asked.consented === null ||
            asked.consented === undefined ||
            ("consent" in rest && rest.consent !== null) === asked.consented),
      );
      return page(found, asked);
    }
    case "record_consent":
      return consent;
    case "withdraw_consent":
    case "record_objection":
    case "delete_faces":
      return { templates: 5, photographs: 5, evidence: 2, scrubbed: true };
    case "withdraw_objection":
      return null;
    case "start_enrolment_session":
      return live;
    case "capture_frame":
      return { upload: crypto.randomUUID(), faults: [] };
    case "list_cameras":
      return [{ device: 0, name: "Integrated camera" }];
    case "enrol_faces":
      return {
        templates: 5,
        refused: [],
        lookAlikes: [{ student: "p3", number: "1003", name: "Zoë Müller", score: 0.52 }],
      };
    case "reenrol_faces":
      return { students: 1, templates: 5, enrolAgain: [checked(1)], cancelled: false };
    case "look_alikes":
      return [
        { first: checked(0), second: checked(4), score: 0.61, over: true },
        { first: checked(2), second: checked(3), score: 0.44, over: false },
      ];
    case "face_uses":
      return page(
        Array.from({ length: 24 }, (_, place) => ({
          at: `2026-11-${String(20 - (place % 18)).padStart(2, "0")}T08:0${place % 10}:00Z`,
          purpose: purposes[place % purposes.length],
          class: place % 2 === 0 ? "c1" : null,
          classTitle: place % 2 === 0 ? "7B" : null,
          student: place % 2 === 1 ? "p0" : null,
          studentName: place % 2 === 1 ? "Amara Okonkwo" : null,
          people: (place * 7) % 30,
          user: "u1",
          userName: place % 5 === 4 ? null : "Mina Okonkwo",
        })),
        asked,
      );
    case "export_held_faces":
      return { artifact: "a1", fileName: "faces 1000.zip", templates: 5, photographs: 5, evidence: 2 };
    case "purge_faces":
      return { students: 2, templates: 9, photographs: 3, evidence: 0, scrubbed: true };
    case "show_recovery_key":
      return {
        groups: Array.from({ length: 14 }, (_, place) => `${"ABCDEFGHJKMNPQ"[place]}7K2${place % 10}`),
        document: "a2",
        fileName: "recovery key.pdf",
      };
    case "restore_face_key":
      if (asked.key?.includes("wrong") === true)
        throw {
          code: "invalid",
          message: "Wrong.",
          fields: [{ field: "key", code: "bad_group", message: "Group 3 has a slip of the pen: look at it again." }],
          help: null,
          details: null,
        };
      return { place: "system", already: false };
    case "rotate_face_keys":
      return { schools: 2, templates: 38, photographs: 30, evidence: 2 };
    case "enrol_folder":
    case "enrol_faces_in_bulk":
      return {
        applied: asked.apply === true,
        otherFiles: 2,
        cancelled: false,
        students: outcomes.map((outcome, place) => ({
          number: outcome === "unknown_number" ? "IMG" : `${1000 + place}`,
          student: outcome === "unknown_number" ? null : checked(place),
          outcome: outcome === "ready" && asked.apply === true ? "enrolled" : outcome,
          photographs: 4,
          good: outcome === "poor_photographs" ? 2 : 4,
          replaces: place === 1,
          refused:
            outcome === "poor_photographs"
              ? [
                  { file: `${1000 + place}/img_0291.jpg`, faults: [fault("blurred"), fault("too_dark")] },
                  { file: `${1000 + place}/img_0292.jpg`, faults: [fault("several_faces")] },
                ]
              : [],
          lookAlikes:
            outcome === "look_alike" ? [{ student: "p0", number: "1000", name: "Amara Okonkwo", score: 0.6 }] : [],
          message: null,
        })),
      };
    default:
      return undefined;
  }
}

/** What the person may do with faces. */
export const facesHeld = [
  "face_status",
  "consent_state",
  "record_consent",
  "withdraw_consent",
  "record_objection",
  "withdraw_objection",
  "delete_faces",
  "enrol_faces",
  "enrol_faces_in_bulk",
  "enrol_folder",
  "start_enrolment_session",
  "capture_frame",
  "reenrol_faces",
  "look_alikes",
  "face_uses",
  "export_held_faces",
  "purge_faces",
  "show_recovery_key",
  "restore_face_key",
  "rotate_face_keys",
];
