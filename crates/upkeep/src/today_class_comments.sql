SELECT c.id AS class, c.title,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s CROSS JOIN report_comments r
    WHERE e.school_id = $1 AND e.class_id = c.id AND (e.end_date IS NULL OR e.end_date >= $3)
    AND s.id = e.student_id AND s.deleted_at IS NULL AND r.school_id = $1 AND r.student_id = e.student_id
    AND r.term_id = $5 AND r.kind = 'class_teacher' AND r.body <> '') AS written,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s
    WHERE e.school_id = $1 AND e.class_id = c.id AND s.id = e.student_id AND s.deleted_at IS NULL
    AND (e.end_date IS NULL OR e.end_date >= $3)) AS students
FROM classes c
WHERE c.school_id = $1 AND c.year_id = $2 AND c.deleted_at IS NULL AND c.homeroom_staff_id = $4
ORDER BY c.sort_title, c.title
