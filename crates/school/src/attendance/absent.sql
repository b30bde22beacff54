-- Who is absent or excused on a day, or is known to be and stands in no register yet (version 0), with whom the school calls:
-- the guardian who is called first, and rather one with a telephone number.
WITH away AS MATERIALIZED (
  SELECT m.student_id, m.class_id, m.lesson, m.code_id, c.code, c.meaning, m.reason, m.source, m.version
  FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id
  WHERE m.school_id = $1 AND m.date = $2 AND c.meaning IN ('absent', 'excused')
  UNION ALL
  SELECT n.student_id, h.id, 0, n.code_id, c.code, c.meaning, n.reason, 'notice', 0
  FROM absence_notices n JOIN attendance_codes c ON c.id = n.code_id
  JOIN enrolments e ON e.school_id = $1 AND e.student_id = n.student_id
  JOIN classes h ON h.id = e.class_id
  WHERE n.school_id = $1 AND n.end_date >= $2 AND n.start_date <= $2 AND h.kind = 'homeroom' AND h.deleted_at IS NULL
  AND e.start_date <= $2 AND (e.end_date IS NULL OR e.end_date >= $2)
  AND NOT EXISTS (SELECT 1 FROM attendance_marks m
    WHERE m.school_id = $1 AND m.student_id = n.student_id AND m.date = $2 AND m.lesson = 0)
), called AS ({called})
SELECT a.student_id, s.number, s.given_name, s.family_name, s.native_name, a.class_id, k.title AS class_title, a.lesson,
  a.code_id, a.code, a.meaning, a.reason, a.source, a.version, k.grade_level, g.name AS guardian_name,
  g.phone AS guardian_phone
FROM away a JOIN students s ON s.id = a.student_id AND s.deleted_at IS NULL
JOIN classes k ON k.id = a.class_id
LEFT JOIN called g ON g.student_id = a.student_id
ORDER BY s.{sort}, s.id, a.lesson
