-- Of the students in `away` the guardian who is called first, and rather one with a telephone number.
called AS (
  SELECT o.student_id, trim(g.given_name || ' ' || g.family_name) AS name, g.phone,
    row_number() OVER (
      PARTITION BY o.student_id
      ORDER BY CASE WHEN coalesce(g.phone, '') = '' THEN 1 ELSE 0 END, o.is_primary DESC, o.id
    ) AS place
  FROM guardianships o JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL
  WHERE o.school_id = $1 AND o.student_id IN (SELECT student_id FROM away)
)