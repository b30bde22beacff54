// Invented answers to the operations that the frame and the building blocks ask.

import { facesAnswer, facesHeld } from "./faces";

const terms = [
  {
    id: "t1",
    yearId: "y1",
    title: "Autumn 2026",
    yearTitle: "2026/27",
    startDate: "2026-09-01",
    endDate: "2026-12-18",
  },
  {
    id: "t2",
    yearId: "y1",
    title: "Spring 2027",
    yearTitle: "2026/27",
    startDate: "2027-01-04",
    endDate: "2027-03-26",
  },
];
const held = [
  "today",
  "list_students",
  "save_student",
  "student",
  "delete_students",
  "restore_students",
  "search_people",
  "history",
  "import_apply",
  "export_students",
  "list_staff",
  "save_staff",
  "list_classes",
  "save_class",
  "class",
  "delete_classes",
  "save_course",
  "enrol_students",
  "register",
  "list_users",
  "save_user",
  "user_sessions",
  "set_password",
  "settings",
  "save_settings",
  "save_school",
  "save_year",
  "save_subject",
  "save_grade_scale",
  "save_attendance_code",
  "fill_demo_school",
  "attendance_summary",
  "student_performance",
  ...facesHeld,
];
const school = {
  timeZone: "Europe/Zurich",
  today: "2026-11-21",
  dayOrder: "day_first",
  nameOrder: "family_first",
  roles: ["super_administrator"],
  operations: held,
  terms,
  currentTerm: "t1",
};
const who = {
  user: "u1",
  username: "mina",
  name: "Mina Okonkwo-Żółkiewska",
  staff: null,
  student: null,
  mustChangePassword: false,
  lockAfterMinutes: 15,
  roles: ["super_administrator"],
  schools: [
    { id: "s1", name: "Riverside School", ...school },
    { id: "s2", name: "Hillside School", ...school },
  ],
};

const names = [
  ["Amara", "Okonkwo", null],
  ["Aarav", "Sharma", "आरव शर्मा"],
  ["Layla", "Haddad", "ليلى حداد"],
  ["Zoë", "Müller-Żółkiewska-Featherstonehaugh of the Northern Hills", null],
] as const;
const students = Array.from({ length: 40 }, (_, place) => {
  const [givenName, familyName, nativeName] = names[place % 4] ?? names[0];
  return {
    id: `p${place}`,
    number: `${1000 + place}`,
    givenName,
    familyName,
    preferredName: null,
    nativeName,
    gradeLevel: "7",
    classes: [{ id: "c1", title: "7B" }],
    status: place === 5 ? "withdrawn" : "active",
    deleted: false,
    version: 1,
  };
});
const guardians = [
  {
    id: "g1",
    givenName: "Ngozi",
    familyName: "Okonkwo",
    email: "ngozi@example.org",
    phone: "+41 44 555 01 27",
    relationship: "mother",
    isPrimary: true,
    version: 1,
  },
];
const classes = ["7A", "7B", "8A"].map((title, place) => ({
  id: `c${place}`,
  year: "y1",
  title,
  gradeLevel: title.slice(0, 1),
  room: `${101 + place}`,
  classTeacher: "f1",
  classTeacherName: "Jonas Ammann",
  students: 25,
  courses: 7,
  deleted: false,
  version: 1,
}));
const today = {
  date: "2026-11-20",
  isSchoolDay: true,
  term: { id: "t1", title: "Autumn 2026", start: "2026-09-01", end: "2026-12-18" },
  teacher: {
    classes: [
      { class: "c1", title: "7B", students: 25, takenAt: null, classTeacher: true },
      { class: "c2", title: "8A", students: 24, takenAt: "2026-11-20T08:04:00Z", classTeacher: false },
    ],
    assessments: [
      {
        assessment: "a1",
        course: "k1",
        title: "Test 2",
        classTitle: "7B",
        subjectTitle: "Mathematics",
        date: "2026-11-13",
        missing: 4,
      },
    ],
    comments: [{ course: "k1", class: "c1", classTitle: "7B", subjectTitle: "Mathematics", written: 12, students: 25 }],
  },
  office: {
    unexplained: [
      {
        student: "p1",
        givenName: "Aarav",
        familyName: "Sharma",
        number: "1001",
        class: "c1",
        classTitle: "7B",
        guardianPhone: "+41 44 555 01 27",
        guardianName: "Priya Sharma",
      },
    ],
    registersMissing: [{ class: "c0", title: "7A", students: 25, takenAt: null, classTeacher: false }],
    changes: [
      {
        entry: "e1",
        operation: "save_student",
        user: "u1",
        userName: "Mina Okonkwo",
        at: "2026-11-20T09:10:00Z",
        changed: [{ table: "students", rows: 1, row: "p1" }],
        undone: false,
        isUndo: false,
      },
    ],
  },
  leader: {
    students: 600,
    attendance: [
      { meaning: "present", days: 541 },
      { meaning: "late", days: 9 },
      { meaning: "absent", days: 14 },
    ],
    classes: classes.map(({ id, title }, place) => ({
      class: id,
      title,
      students: 25,
      present: 22,
      late: 1,
      absent: 2,
      excused: 0,
      takenAt: place === 0 ? null : "2026-11-20T08:04:00Z",
    })),
    results: classes.map(({ id, title }) => ({ class: id, title, marks: 1400, meanPercent: 68.4, passShare: 0.87 })),
  },
};

export function answer(state: string, operation: string, input: unknown): unknown {
  const ofFaces = facesAnswer(operation, input);
  if (ofFaces !== undefined) return ofFaces;
  switch (operation) {
    case "status":
      if (state === "locked")
        throw { code: "database_in_use", message: "In use.", fields: [], help: null, details: null };
      return { needsSetup: state === "setup", signedIn: state !== "signin", version: "0.1.0" };
    case "sign_in":
      if ((input as { password: string }).password !== "right")
        throw { code: "wrong_password", message: "Wrong.", fields: [], help: null, details: null };
      return { whoami: who };
    case "whoami":
      return { ...who, mustChangePassword: state === "given" };
    case "my_sessions":
      if (state === "expired")
        throw { code: "session_expired", message: "Over.", fields: [], help: null, details: null };
      if (state === "broken")
        throw { code: "database", message: "Disk full.", fields: [], help: "Free some space.", details: null };
      return [
        {
          id: "1",
          device: "Office PC, Homeroom 0.1 on Windows",
          address: null,
          createdAt: "2026-11-21T07:50:00Z",
          lastSeenAt: "2026-11-21T11:58:00Z",
          current: true,
        },
        {
          id: "2",
          device: "Library laptop, Homeroom 0.1 on Debian",
          address: "10.0.4.17",
          createdAt: "2026-11-19T12:10:00Z",
          lastSeenAt: "2026-11-20T15:03:00Z",
          current: false,
        },
      ];
    case "list_students":
      return state === "empty" ? { rows: [], total: 0 } : { rows: students, total: students.length };
    case "student":
      return {
        ...students[1],
        school: "s1",
        middleName: null,
        birthDate: "2014-03-02",
        sex: "male",
        email: null,
        phone: null,
        createdAt: "2025-09-01T07:00:00Z",
        deletedAt: null,
        guardians,
        enrolments: [
          {
            id: "n1",
            class: "c1",
            classTitle: "7B",
            year: "y1",
            yearTitle: "2026/27",
            start: "2026-09-01",
            end: null,
            current: true,
            version: 1,
          },
        ],
        attendance: [
          { meaning: "present", days: 51 },
          { meaning: "absent", days: 3 },
        ],
      };
    case "list_classes":
      return classes;
    case "class":
      return {
        ...classes[1],
        school: "s1",
        classTeacher: { id: "f1", name: "Jonas Ammann" },
        students: students.slice(0, 25).map((student) => ({
          ...student,
          enrolment: student.id,
          student: student.id,
          start: "2026-09-01",
          end: null,
        })),
        formerStudents: [],
        courses: [
          {
            id: "k1",
            subject: "b1",
            subjectTitle: "Mathematics",
            teachers: [{ id: "f1", name: "Jonas Ammann" }],
            mine: true,
            version: 1,
          },
        ],
      };
    case "list_sessions":
      return [
        {
          id: "y1",
          title: "2026/27",
          start: "2026-09-01",
          end: "2027-07-15",
          terms: terms.map(({ id, title, startDate, endDate }) => ({
            id,
            title,
            start: startDate,
            end: endDate,
            current: id === "t1",
            version: 1,
          })),
          current: true,
          version: 1,
        },
      ];
    case "list_users":
      return [
        {
          id: "u1",
          username: "mina",
          givenName: "Mina",
          familyName: "Okonkwo",
          roles: [{ role: "super_administrator", school: null, district: null }],
          staff: null,
          student: null,
          disabled: false,
          canSignIn: true,
          lastSignIn: "2026-11-20T07:50:00Z",
          version: 1,
        },
      ];
    case "today":
      return today;
    case "school_details":
      return {
        id: "s1",
        district: "d1",
        districtName: "Riverside",
        name: "Riverside School",
        identifier: "4711",
        address: "1 River Road",
        phone: null,
        email: null,
        timeZone: "Europe/Zurich",
        logo: null,
        version: 1,
      };
    case "list_schools":
      return [];
    default:
      throw {
        code: "not_found",
        message: `The harness has no answer for ${operation}.`,
        fields: [],
        help: null,
        details: null,
      };
  }
}
