-- The marks of the day are read by date first; grouped at once, SQLite would walk those of the whole year by class.
WITH marked AS MATERIALIZED (
  SELECT m.class_id, m.code_id FROM attendance_marks m WHERE m.school_id = $1 AND m.date = $3 AND m.lesson = 0
)
SELECT c.id AS class, c.title, coalesce(n.students, 0) AS students, coalesce(d.present, 0) AS present,
  coalesce(d.late, 0) AS late, coalesce(d.absent, 0) AS absent, coalesce(d.excused, 0) AS excused, r.taken_at,
  c.grade_level
FROM classes c
LEFT JOIN (
  SELECT e.class_id, count(DISTINCT e.student_id) AS students FROM enrolments e CROSS JOIN students s
  WHERE e.school_id = $1 AND s.id = e.student_id AND s.deleted_at IS NULL
  AND e.start_date <= $3 AND (e.end_date IS NULL OR e.end_date >= $3) GROUP BY e.class_id
) AS n ON n.class_id = c.id
LEFT JOIN (
  SELECT marked.class_id, count(CASE WHEN k.meaning = 'present' THEN 1 END) AS present,
    count(CASE WHEN k.meaning = 'late' THEN 1 END) AS late,
    count(CASE WHEN k.meaning = 'absent' THEN 1 END) AS absent,
    count(CASE WHEN k.meaning = 'excused' THEN 1 END) AS excused
  FROM marked JOIN attendance_codes k ON k.id = marked.code_id GROUP BY marked.class_id
) AS d ON d.class_id = c.id
LEFT JOIN registers r ON r.school_id = $1 AND r.class_id = c.id AND r.date = $3 AND r.lesson = 0
WHERE c.school_id = $1 AND c.year_id = $2 AND c.deleted_at IS NULL AND c.kind = 'homeroom'
ORDER BY c.sort_title, c.title
