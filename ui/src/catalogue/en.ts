// English, the complete catalogue: one file a feature in `en/`, so that texts live beside their owner.
import { accounts } from "./en/accounts";
import { admissions } from "./en/admissions";
import { analytics } from "./en/analytics";
import { attendance } from "./en/attendance";
import { camera } from "./en/camera";
import { classes } from "./en/classes";
import { common } from "./en/common";
import { errors } from "./en/errors";
import { exams } from "./en/exams";
import { exchange } from "./en/exchange";
import { faces } from "./en/faces";
import { feedback } from "./en/feedback";
import { frame } from "./en/frame";
import { gradebook } from "./en/gradebook";
import { learning } from "./en/learning";
import { messages } from "./en/messages";
import { people } from "./en/people";
import { reports } from "./en/reports";
import { schools } from "./en/schools";
import { sheet } from "./en/sheet";
import { today } from "./en/today";
import { upkeep } from "./en/upkeep";

export const en = {
  accounts,
  admissions,
  analytics,
  attendance,
  camera,
  classes,
  common,
  errors,
  exams,
  exchange,
  faces,
  feedback,
  frame,
  gradebook,
  learning,
  messages,
  people,
  reports,
  schools,
  sheet,
  today,
  upkeep,
} as const;
