SELECT c.id AS class, c.title, m.value, a.maximum, count(*) AS marks
FROM assessments a JOIN marks m ON m.school_id = $1 AND m.assessment_id = a.id AND m.state = 'marked' AND m.value IS NOT NULL
JOIN courses k ON k.id = a.course_id AND k.deleted_at IS NULL
JOIN classes c ON c.id = k.class_id AND c.deleted_at IS NULL
WHERE a.school_id = $1 AND a.term_id = $2 AND a.deleted_at IS NULL AND a.maximum > 0
GROUP BY c.id, c.sort_title, c.title, m.value, a.maximum ORDER BY c.sort_title, c.title, c.id
