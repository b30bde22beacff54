SELECT k.id AS course, c.id AS class, c.title AS class_title, b.title AS subject_title,
  (SELECT count(DISTINCT r.student_id) FROM report_comments r JOIN enrolments e ON e.student_id = r.student_id
    AND e.school_id = $1 AND e.class_id = k.class_id AND (e.end_date IS NULL OR e.end_date >= $3)
    JOIN students s ON s.id = r.student_id AND s.deleted_at IS NULL
    WHERE r.school_id = $1 AND r.term_id = $5 AND r.course_id = k.id AND r.body <> '') AS written,
  (SELECT count(DISTINCT e.student_id) FROM enrolments e JOIN students s ON s.id = e.student_id
    WHERE e.school_id = $1 AND e.class_id = k.class_id AND s.deleted_at IS NULL
    AND (e.end_date IS NULL OR e.end_date >= $3)) AS students
FROM teachings t JOIN courses k ON k.id = t.course_id AND k.deleted_at IS NULL
JOIN classes c ON c.id = k.class_id AND c.deleted_at IS NULL AND c.year_id = $2
JOIN subjects b ON b.id = k.subject_id
WHERE t.school_id = $1 AND t.staff_id = $4
ORDER BY c.title, b.position
