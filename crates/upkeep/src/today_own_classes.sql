SELECT c.id AS class, c.title, c.kind,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s
    WHERE e.school_id = $1 AND e.class_id = c.id AND s.id = e.student_id AND s.deleted_at IS NULL
    AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $3)) AS students,
  r.taken_at, coalesce(c.homeroom_staff_id = $4, FALSE) AS class_teacher, c.grade_level
FROM classes c LEFT JOIN registers r ON r.school_id = $1 AND r.class_id = c.id AND r.date = $3 AND r.lesson = 0
WHERE c.school_id = $1 AND c.year_id = $2 AND c.deleted_at IS NULL
  AND (c.homeroom_staff_id = $4 OR c.id IN (
    SELECT k.class_id FROM teachings t JOIN courses k ON k.id = t.course_id
    WHERE t.school_id = $1 AND t.staff_id = $4 AND k.deleted_at IS NULL))
ORDER BY c.sort_title, c.title
