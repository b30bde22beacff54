WITH away AS MATERIALIZED (
  SELECT m.student_id, m.class_id, m.code_id, m.version
  FROM attendance_marks m JOIN attendance_codes k ON k.id = m.code_id AND k.meaning = 'absent'
  WHERE m.school_id = $1 AND m.date = $2 AND m.lesson = 0 AND (m.reason IS NULL OR m.reason = '')
), called AS ({called})
SELECT s.id AS student, s.given_name, s.family_name, s.number, c.id AS class, c.title AS class_title, a.code_id,
  a.version, g.phone AS guardian_phone, g.name AS guardian_name
FROM away a JOIN students s ON s.id = a.student_id AND s.deleted_at IS NULL
JOIN classes c ON c.id = a.class_id
LEFT JOIN called g ON g.student_id = a.student_id
ORDER BY c.sort_title, c.title, s.{sort} LIMIT 500
