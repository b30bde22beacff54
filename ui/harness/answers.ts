// Invented answers to the operations that the frame and the building blocks ask.

const terms = [
  { id: "t1", yearId: "y1", title: "Autumn 2026", yearTitle: "2026/27", startDate: "2026-09-01", endDate: "2026-12-18" },
  { id: "t2", yearId: "y1", title: "Spring 2027", yearTitle: "2026/27", startDate: "2027-01-04", endDate: "2027-03-26" },
];
const school = { timeZone: "Europe/Zurich", today: "2026-11-21", roles: ["super_administrator"], operations: [], terms, currentTerm: "t1" };
const who = {
  user: "u1", username: "mina", name: "Mina Okonkwo-Żółkiewska", staff: null, student: null, mustChangePassword: false,
  roles: ["super_administrator"],
  schools: [{ id: "s1", name: "Riverside School", ...school }, { id: "s2", name: "Hillside School", ...school }],
};

export function answer(state: string, operation: string, input: unknown): unknown {
  switch (operation) {
    case "status":
      if (state === "locked") throw { code: "database_in_use", message: "In use.", fields: [], help: null, details: null };
      return { needsSetup: state === "setup", signedIn: state !== "signin", version: "0.1.0" };
    case "sign_in":
      if ((input as { password: string }).password !== "right") throw { code: "wrong_password", message: "Wrong.", fields: [], help: null, details: null };
      return { whoami: who };
    case "whoami": return { ...who, mustChangePassword: state === "given" };
    case "my_sessions":
      if (state === "expired") throw { code: "session_expired", message: "Over.", fields: [], help: null, details: null };
      if (state === "broken") throw { code: "database", message: "Disk full.", fields: [], help: "Free some space.", details: null };
      return [
        { id: "1", device: "Office PC, Homeroom 0.1 on Windows", address: null, createdAt: "2026-11-21T07:50:00Z", lastSeenAt: "2026-11-21T11:58:00Z", current: true },
        { id: "2", device: "Library laptop, Homeroom 0.1 on Debian", address: "10.0.4.17", createdAt: "2026-11-19T12:10:00Z", lastSeenAt: "2026-11-20T15:03:00Z", current: false },
      ];
    default: throw { code: "not_found", message: `The harness has no answer for ${operation}.`, fields: [], help: null, details: null };
  }
}
