SELECT k.id AS course, c.id AS class, c.title AS class_title, b.title AS subject_title,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s CROSS JOIN report_comments r
    WHERE e.school_id = $1 AND e.class_id = k.class_id AND (e.end_date IS NULL OR e.end_date >= $3)
    AND NOT EXISTS (SELECT 1 FROM exemptions x WHERE x.school_id = $1 AND x.course_id = k.id AND x.student_id = e.student_id
      AND x.start_date <= $3 AND (x.end_date IS NULL OR x.end_date >= $3))
    AND s.id = e.student_id AND s.deleted_at IS NULL AND r.school_id = $1 AND r.student_id = e.student_id
    AND r.term_id = $5 AND r.course_id = k.id AND r.body <> '') AS written,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s
    WHERE e.school_id = $1 AND e.class_id = k.class_id AND s.id = e.student_id AND s.deleted_at IS NULL
    AND (e.end_date IS NULL OR e.end_date >= $3)) AS students
FROM teachings t JOIN courses k ON k.id = t.course_id AND k.deleted_at IS NULL
JOIN classes c ON c.id = k.class_id AND c.deleted_at IS NULL AND c.year_id = $2
JOIN subjects b ON b.id = k.subject_id
WHERE t.school_id = $1 AND t.staff_id = $4
ORDER BY c.sort_title, c.title, b.position
