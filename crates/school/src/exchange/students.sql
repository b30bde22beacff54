SELECT s.id, s.number, s.given_name, s.middle_name, s.family_name, s.native_name, s.birth_date, s.sex, s.grade_level,
  k.title AS class_title, s.email, s.phone
FROM students s
-- Students stay enrolled in the classes of past years, and are in groups besides the homeroom: of those only the asked
-- one counts.
LEFT JOIN (
  SELECT e.student_id, c.id, c.title, c.sort_title FROM enrolments e
  JOIN classes c ON c.id = e.class_id AND c.deleted_at IS NULL
  JOIN academic_sessions y ON y.id = c.year_id
  WHERE e.school_id = $1 AND (e.end_date IS NULL OR e.end_date >= $2) AND ((y.end_date >= $2 AND c.kind = 'homeroom') OR c.id = $3)
) k ON k.student_id = s.id
WHERE s.school_id = $1 AND s.deleted_at IS NULL
