// A place that is empty because something else is missing: what it is, who can add it, and the way there if that is you.
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "../i18n";
import { useSession } from "../session/session";
import { EmptyState } from "./states";

const places = {
  term: { path: "/settings/years", operation: "schools.save_year" },
  classes: { path: "/classes", operation: "classes.save_class" },
  courses: { path: "/classes", operation: "classes.save_course" },
  students: { path: "/classes", operation: "classes.enrol_students" },
  faces: { path: "/settings/faces", operation: "schools.save_settings" },
} as const;

interface MissingProps {
  what: keyof typeof places;
  /** Said instead of what is missing in general. */
  title?: string;
  /** Where exactly, such as the class that lacks students. */
  path?: string;
  children?: ReactNode;
}

export function Missing({ what, title, path, children }: MissingProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may, whoami } = useSession();
  const place = places[what];
  const own = may(place.operation);
  const unlinked = !own && what === "courses" && whoami.staff === null;
  return (
    <EmptyState
      title={title ?? t(`common.missing.${what}.title`)}
      action={
        own && (
          <Button onClick={() => void navigate({ to: path ?? place.path })}>{t(`common.missing.${what}.go`)}</Button>
        )
      }
    >
      {own
        ? (children ?? t(`common.missing.${what}.text`))
        : t(unlinked ? "common.missing.unlinked" : `common.missing.${what}.others`)}
    </EmptyState>
  );
}
