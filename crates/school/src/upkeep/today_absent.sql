SELECT s.id AS student, s.given_name, s.family_name, s.number, c.id AS class, c.title AS class_title,
  (SELECT g.phone FROM guardianships o JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL
    WHERE o.school_id = $1 AND o.student_id = s.id ORDER BY o.is_primary DESC, o.id LIMIT 1) AS guardian_phone,
  (SELECT g.given_name || ' ' || g.family_name FROM guardianships o
    JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL
    WHERE o.school_id = $1 AND o.student_id = s.id ORDER BY o.is_primary DESC, o.id LIMIT 1) AS guardian_name
FROM attendance_marks m JOIN attendance_codes k ON k.id = m.code_id AND k.meaning = 'absent'
JOIN students s ON s.id = m.student_id AND s.deleted_at IS NULL
JOIN classes c ON c.id = m.class_id
WHERE m.school_id = $1 AND m.date = $2 AND m.lesson = 0 AND (m.reason IS NULL OR m.reason = '')
ORDER BY c.sort_title, c.title, s.{sort} LIMIT 500
