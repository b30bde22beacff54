SELECT s.number, s.given_name, s.middle_name, s.family_name, s.native_name, s.birth_date, s.sex, s.grade_level,
  c.title AS class_title, s.email, s.phone, g.given_name AS guardian_given, g.family_name AS guardian_family,
  g.phone AS guardian_phone, g.email AS guardian_email
FROM students s
LEFT JOIN enrolments e ON e.school_id = s.school_id AND e.student_id = s.id
  AND (e.end_date IS NULL OR e.end_date >= $2)
LEFT JOIN classes c ON c.id = e.class_id AND c.deleted_at IS NULL
LEFT JOIN academic_sessions y ON y.id = c.year_id
LEFT JOIN guardianships o ON o.student_id = s.id AND o.is_primary
LEFT JOIN guardians g ON g.id = o.guardian_id AND g.deleted_at IS NULL
WHERE s.school_id = $1 AND s.deleted_at IS NULL
