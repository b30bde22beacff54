-- Whom the school calls about each of these students: the guardian who is called first, and rather one with a telephone
-- number; never one who has no access to the child.
SELECT student_id, name, phone FROM (
  SELECT o.student_id, trim(g.given_name || ' ' || g.family_name) AS name, g.phone,
    row_number() OVER (
      PARTITION BY o.student_id
      ORDER BY CASE WHEN coalesce(g.phone, '') = '' THEN 1 ELSE 0 END, o.is_primary DESC, o.id
    ) AS place
  FROM guardianships o JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL
  WHERE o.school_id = $1 AND NOT o.no_access AND o.student_id IN ({students})
) AS ranked WHERE place = 1
