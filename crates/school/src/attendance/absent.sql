-- Who is absent or excused on a day, with whom the school calls: the guardian who is called first, and rather one with a
-- telephone number.
WITH away AS MATERIALIZED (
  SELECT m.student_id, m.class_id, m.lesson, m.code_id, c.code, c.meaning, m.reason, m.source, m.version
  FROM attendance_marks m JOIN attendance_codes c ON c.id = m.code_id
  WHERE m.school_id = $1 AND m.date = $2 AND c.meaning IN ('absent', 'excused')
), called AS ({called})
SELECT a.student_id, s.number, s.given_name, s.family_name, s.native_name, a.class_id, k.title AS class_title, a.lesson,
  a.code_id, a.code, a.meaning, a.reason, a.source, a.version, g.name AS guardian_name, g.phone AS guardian_phone
FROM away a JOIN students s ON s.id = a.student_id AND s.deleted_at IS NULL
JOIN classes k ON k.id = a.class_id
LEFT JOIN called g ON g.student_id = a.student_id
ORDER BY s.{sort}, s.id, a.lesson
