-- The classes that a member of staff teaches or leads on the day $3. A course or class that was taken away is none, and
-- the ties of an academic year end when the next one begins.
SELECT c.id FROM classes c JOIN academic_sessions y ON y.id = c.year_id
WHERE c.school_id = $1 AND c.deleted_at IS NULL
  AND (c.homeroom_staff_id = $2 OR c.id IN (
    SELECT k.class_id FROM teachings t JOIN courses k ON k.id = t.course_id
    WHERE t.school_id = $1 AND t.staff_id = $2 AND k.deleted_at IS NULL))
  AND (y.end_date >= $3 OR NOT EXISTS (
    SELECT 1 FROM academic_sessions n WHERE n.school_id = $1 AND n.kind = 'year' AND n.deleted_at IS NULL
      AND n.start_date > y.start_date AND n.start_date <= $3))
ORDER BY c.id
