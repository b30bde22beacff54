SELECT c.id, c.year_id AS year, c.title, c.kind, c.grade_level, c.room, c.places, c.homeroom_staff_id AS class_teacher,
  t.given_name AS teacher_given, t.family_name AS teacher_family,
  coalesce(n.students, 0) AS students, coalesce(m.courses, 0) AS courses,
  (c.deleted_at IS NOT NULL) AS deleted, c.version
FROM classes c LEFT JOIN staff t ON t.id = c.homeroom_staff_id
LEFT JOIN (
  SELECT e.class_id, count(DISTINCT e.student_id) AS students FROM enrolments e CROSS JOIN students s
  WHERE e.school_id = $1 AND s.id = e.student_id AND s.deleted_at IS NULL
  AND (e.end_date IS NULL OR e.end_date >= $3) {begun} GROUP BY e.class_id
) AS n ON n.class_id = c.id
LEFT JOIN (
  SELECT k.class_id, count(*) AS courses FROM courses k
  WHERE k.school_id = $1 AND k.deleted_at IS NULL GROUP BY k.class_id
) AS m ON m.class_id = c.id
WHERE c.school_id = $1 AND c.year_id = $2 AND {deleted}
ORDER BY c.sort_title, c.title
