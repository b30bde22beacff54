-- How far a school has come since it was set up; $2 is the academic year.
SELECT
  (SELECT count(*) FROM students s WHERE s.school_id = $1 AND s.deleted_at IS NULL) AS students,
  (SELECT count(*) FROM subjects b WHERE b.school_id = $1 AND b.deleted_at IS NULL) AS subjects,
  (SELECT count(*) FROM staff p WHERE p.school_id = $1 AND p.deleted_at IS NULL) AS staff,
  (SELECT count(*) FROM staff p WHERE p.school_id = $1 AND p.deleted_at IS NULL
    AND p.id IN (SELECT u.staff_id FROM users u WHERE u.staff_id IS NOT NULL AND u.disabled_at IS NULL
      AND u.password_hash IS NOT NULL)) AS accounts,
  (SELECT count(*) FROM classes c WHERE c.school_id = $1 AND c.year_id = $2 AND c.deleted_at IS NULL) AS classes,
  (SELECT count(*) FROM classes c WHERE c.school_id = $1 AND c.year_id = $2 AND c.deleted_at IS NULL
    AND c.id IN (SELECT k.class_id FROM courses k WHERE k.school_id = $1 AND k.deleted_at IS NULL)) AS taught,
  (SELECT count(*) FROM assessments a WHERE a.school_id = $1 AND a.deleted_at IS NULL) AS assessments,
  (SELECT count(*) FROM settings f WHERE f.school_id = $1 AND f.name = $3) AS cards
