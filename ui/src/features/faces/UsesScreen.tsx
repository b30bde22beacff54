// When faces were used, what for and by whom; of all students, or of one.
import { Button } from "@mantine/core";
import { IconEye } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { FaceUse } from "../../bindings/FaceUse";
import { faceUses } from "../../bindings/operations";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { PersonName } from "../../components/PersonName";
import { Screen } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { t, useTranslation } from "../../i18n";
import { formatMoment, formatNumber } from "../../numbers";
import { usePlace } from "../../session/session";
import { FacesHead } from "./FacesHead";
import { fullName } from "../../names";
import { useStateOf } from "./state";

const columns: ListColumn<FaceUse>[] = [
  { id: "at", header: () => t("faces.uses.at"), cell: ({ at }) => formatMoment(at), width: "minmax(11rem, 1fr)" },
  {
    id: "purpose",
    header: () => t("faces.uses.purpose"),
    cell: ({ purpose }) => t(`faces.uses.purposes.${purpose}`),
    width: "minmax(12rem, 1fr)",
  },
  {
    id: "place",
    header: () => t("faces.uses.place"),
    cell: ({ classTitle, studentName }) => <PersonName name={studentName ?? classTitle ?? t("faces.uses.school")} />,
    width: "minmax(9rem, 2fr)",
  },
  {
    id: "people",
    header: () => t("faces.uses.people"),
    cell: ({ people }) => (people === 0 ? "–" : formatNumber(people)),
    numeric: true,
    width: "8rem",
    lesser: 1,
  },
  {
    id: "by",
    header: () => t("faces.uses.by"),
    cell: ({ userName }) => <PersonName name={userName ?? t("faces.uses.system")} />,
    width: "minmax(9rem, 1fr)",
    lesser: 2,
  },
];

export default function UsesScreen() {
  const { school } = usePlace();
  return school === null ? null : <OfSchool key={school.id} school={school.id} />;
}

function OfSchool({ school }: { school: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { student: asked } = useSearch({ strict: false }) as Record<string, unknown>;
  const student = typeof asked === "string" ? asked : null;
  const load = useCallback(
    ({ offset, limit }: PageRequest) => faceUses({ school, student, offset, limit }),
    [school, student],
  );
  return (
    <Screen
      padded={false}
      head={
        <FacesHead view="uses" about={t("faces.uses.about")}>
          {student !== null && (
            <Button variant="default" onClick={() => void navigate({ to: "/faces/uses" })}>
              {t("faces.uses.all")}
            </Button>
          )}
        </FacesHead>
      }
    >
      <PagedTable
        label={t("faces.uses.label")}
        {...faceUses.about({ school, student }, "list")}
        load={load}
        columns={columns}
        rowId={(row) => `${row.at} ${row.purpose} ${row.class ?? ""} ${row.student ?? ""}`}
        filterable={false}
        filters={student === null ? undefined : <OfStudent school={school} student={student} />}
        empty={
          <EmptyState icon={<IconEye size="2.5rem" stroke={1.25} />} title={t("faces.uses.none")}>
            {t("faces.uses.noneText")}
          </EmptyState>
        }
      />
    </Screen>
  );
}

function OfStudent({ school, student }: { school: string; student: string }) {
  const { t } = useTranslation();
  const { data } = useStateOf(school, student);
  return <strong>{data === null || data === undefined ? "" : t("faces.uses.of", { name: fullName(data) })}</strong>;
}
