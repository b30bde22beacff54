SELECT c.id, c.year_id AS year, c.title, c.grade_level, c.room, c.homeroom_staff_id AS class_teacher,
  t.given_name || ' ' || t.family_name AS class_teacher_name,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e JOIN students s ON s.id = e.student_id
    WHERE e.school_id = $1 AND e.class_id = c.id AND s.deleted_at IS NULL
    AND (e.end_date IS NULL OR e.end_date >= $3)) AS students,
  (SELECT count(*) FROM courses k WHERE k.school_id = $1 AND k.class_id = c.id AND k.deleted_at IS NULL) AS courses,
  (c.deleted_at IS NOT NULL) AS deleted, c.version
FROM classes c LEFT JOIN staff t ON t.id = c.homeroom_staff_id
WHERE c.school_id = $1 AND c.year_id = $2 AND {deleted}
ORDER BY c.grade_level, c.title
