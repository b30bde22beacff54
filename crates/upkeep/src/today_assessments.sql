-- Joined from the teacher outwards; CROSS JOIN keeps SQLite to that order.
WITH due AS MATERIALIZED (
  SELECT a.id AS assessment, k.id AS course, k.class_id, a.title, c.title AS class_title, c.sort_title, b.title AS subject_title, a.date
  FROM teachings t CROSS JOIN courses k CROSS JOIN classes c CROSS JOIN subjects b CROSS JOIN assessments a
  WHERE t.school_id = $1 AND t.staff_id = $4 AND k.id = t.course_id AND k.deleted_at IS NULL
    AND c.id = k.class_id AND c.deleted_at IS NULL AND b.id = k.subject_id
    AND a.school_id = $1 AND a.course_id = k.id AND a.term_id = $2 AND a.deleted_at IS NULL
    AND (a.date IS NULL OR a.date <= $3)
), counted AS (
  SELECT due.*,
    (SELECT count(DISTINCT e.student_id) FROM enrolments e CROSS JOIN students s
      WHERE e.school_id = $1 AND e.class_id = due.class_id AND s.id = e.student_id AND s.deleted_at IS NULL
      AND e.start_date <= coalesce(due.date, $3) AND (e.end_date IS NULL OR e.end_date >= $3)
      AND NOT EXISTS (SELECT 1 FROM exemptions x
        WHERE x.school_id = $1 AND x.course_id = due.course AND x.student_id = e.student_id
        AND x.start_date <= coalesce(due.date, $3) AND (x.end_date IS NULL OR x.end_date >= coalesce(due.date, $3)))
      AND NOT EXISTS (SELECT 1 FROM marks m
        WHERE m.school_id = $1 AND m.assessment_id = due.assessment AND m.student_id = e.student_id)
    ) AS missing
  FROM due
)
SELECT assessment, course, title, class_title, subject_title, date, missing FROM counted
WHERE missing > 0 ORDER BY date, sort_title, class_title, title
