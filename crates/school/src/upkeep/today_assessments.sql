SELECT due.* FROM (
  SELECT a.id AS assessment, k.id AS course, a.title, c.title AS class_title, b.title AS subject_title, a.date,
    (SELECT count(DISTINCT e.student_id) FROM enrolments e JOIN students s ON s.id = e.student_id
      WHERE e.school_id = $1 AND e.class_id = k.class_id AND s.deleted_at IS NULL
      AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $3)
      AND NOT EXISTS (SELECT 1 FROM marks m WHERE m.assessment_id = a.id AND m.student_id = e.student_id)) AS missing
  FROM teachings t JOIN courses k ON k.id = t.course_id AND k.deleted_at IS NULL
  JOIN classes c ON c.id = k.class_id AND c.deleted_at IS NULL
  JOIN subjects b ON b.id = k.subject_id
  JOIN assessments a ON a.school_id = $1 AND a.course_id = k.id AND a.term_id = $2 AND a.deleted_at IS NULL
  WHERE t.school_id = $1 AND t.staff_id = $4 AND (a.date IS NULL OR a.date <= $3)
) AS due WHERE due.missing > 0 ORDER BY due.date, due.class_title, due.title
