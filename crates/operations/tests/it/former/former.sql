SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.academic_sessions (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    parent_id uuid,
    kind text NOT NULL,
    title text NOT NULL,
    start_date date NOT NULL,
    end_date date NOT NULL,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.applied_migrations (
    name text NOT NULL,
    applied_at text NOT NULL
);
CREATE TABLE public.assessments (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    course_id uuid NOT NULL,
    category_id uuid NOT NULL,
    term_id uuid NOT NULL,
    title text NOT NULL,
    maximum bigint NOT NULL,
    date date,
    "position" integer NOT NULL,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.attendance_codes (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    code text NOT NULL,
    title text NOT NULL,
    meaning text NOT NULL,
    "position" integer NOT NULL,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.attendance_marks (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    student_id uuid NOT NULL,
    date date NOT NULL,
    lesson integer NOT NULL,
    code_id uuid NOT NULL,
    reason text,
    minutes_late integer,
    source text NOT NULL,
    updated_by uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.audit_changes (
    id uuid NOT NULL,
    entry_id uuid NOT NULL,
    school_id uuid,
    table_name text NOT NULL,
    row_id uuid NOT NULL,
    kind text NOT NULL,
    before jsonb,
    after jsonb,
    version integer NOT NULL,
    student_id uuid,
    digest bytea
);
CREATE TABLE public.audit_entries (
    id uuid NOT NULL,
    school_id uuid,
    operation text NOT NULL,
    user_id uuid,
    session_id uuid,
    at timestamp with time zone NOT NULL,
    undoes uuid,
    undone_by uuid,
    version integer NOT NULL,
    writer uuid,
    number bigint,
    previous bytea,
    digest bytea
);
CREATE TABLE public.categories (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    course_id uuid NOT NULL,
    title text NOT NULL,
    weight bigint NOT NULL,
    "position" integer NOT NULL,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.classes (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    year_id uuid NOT NULL,
    title text NOT NULL,
    grade_level text,
    room text,
    homeroom_staff_id uuid,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL,
    sort_title text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.clock_seen (
    one integer NOT NULL,
    seen_at timestamp with time zone NOT NULL
);
CREATE TABLE public.consents (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    given_by text NOT NULL,
    relationship text NOT NULL,
    wording text NOT NULL,
    wording_version text NOT NULL,
    given_at timestamp with time zone NOT NULL,
    recorded_by uuid,
    withdrawn_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.courses (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.data_keys (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    purpose text NOT NULL,
    nonce bytea NOT NULL,
    wrapped bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.districts (
    id uuid NOT NULL,
    name text NOT NULL,
    source_id text,
    version integer NOT NULL
);
CREATE TABLE public.enrolments (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    student_id uuid NOT NULL,
    start_date date NOT NULL,
    end_date date,
    source_id text,
    version integer NOT NULL
);
CREATE TABLE public.evidence_frames (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    student_id uuid,
    date date NOT NULL,
    lesson integer NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.face_objections (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    said_at timestamp with time zone NOT NULL,
    recorded_by uuid,
    withdrawn_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.face_photographs (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.face_rejections (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    student_id uuid NOT NULL,
    date date NOT NULL,
    lesson integer NOT NULL,
    said_by uuid,
    said_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.face_templates (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    model text NOT NULL,
    model_version text NOT NULL,
    nonce bytea NOT NULL,
    ciphertext bytea NOT NULL,
    quality double precision NOT NULL,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.face_uses (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    purpose text NOT NULL,
    class_id uuid,
    student_id uuid,
    people integer NOT NULL,
    user_id uuid,
    at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.grade_scales (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    title text NOT NULL,
    bands jsonb NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.grants (
    id uuid NOT NULL,
    school_id uuid,
    district_id uuid,
    user_id uuid NOT NULL,
    role text NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.guardians (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    given_name text NOT NULL,
    family_name text NOT NULL,
    email text,
    phone text,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.guardianships (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    guardian_id uuid NOT NULL,
    relationship text NOT NULL,
    is_primary boolean NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.marks (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    assessment_id uuid NOT NULL,
    student_id uuid NOT NULL,
    state text NOT NULL,
    value bigint,
    updated_by uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.registers (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    class_id uuid NOT NULL,
    date date NOT NULL,
    lesson integer NOT NULL,
    taken_by uuid,
    taken_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.report_comments (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    student_id uuid NOT NULL,
    term_id uuid NOT NULL,
    course_id uuid,
    kind text NOT NULL,
    body text NOT NULL,
    updated_by uuid,
    updated_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.schools (
    id uuid NOT NULL,
    district_id uuid NOT NULL,
    name text NOT NULL,
    identifier text,
    address text,
    phone text,
    email text,
    time_zone text NOT NULL,
    logo bytea,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.search_words (
    school_id uuid NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C",
    person_kind text NOT NULL,
    person_id uuid NOT NULL
);
CREATE TABLE public.settings (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    name text NOT NULL,
    value jsonb NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.sign_in_attempts (
    id uuid NOT NULL,
    username_folded text NOT NULL COLLATE pg_catalog."C",
    device text NOT NULL,
    at timestamp with time zone NOT NULL,
    succeeded boolean NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.staff (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    number text,
    given_name text NOT NULL,
    family_name text NOT NULL,
    native_name text,
    email text,
    phone text,
    job_title text,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL,
    sort_given text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.students (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    number text NOT NULL,
    given_name text NOT NULL,
    middle_name text,
    family_name text NOT NULL,
    preferred_name text,
    native_name text,
    birth_date date,
    sex text,
    email text,
    phone text,
    grade_level text,
    status text NOT NULL,
    sort_name text NOT NULL COLLATE pg_catalog."C",
    source_id text,
    created_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    version integer NOT NULL,
    sort_given text DEFAULT ''::text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.subjects (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    title text NOT NULL,
    code text,
    "position" integer NOT NULL,
    source_id text,
    deleted_at timestamp with time zone,
    version integer NOT NULL
);
CREATE TABLE public.teachings (
    id uuid NOT NULL,
    school_id uuid NOT NULL,
    course_id uuid NOT NULL,
    staff_id uuid NOT NULL,
    version integer NOT NULL
);
CREATE TABLE public.user_sessions (
    id uuid NOT NULL,
    user_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    device text NOT NULL,
    address text,
    created_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    version integer NOT NULL,
    confirmed_at timestamp with time zone,
    locked_at timestamp with time zone
);
CREATE TABLE public.users (
    id uuid NOT NULL,
    school_id uuid,
    username text NOT NULL,
    username_folded text NOT NULL COLLATE pg_catalog."C",
    given_name text NOT NULL,
    family_name text NOT NULL,
    password_hash text,
    must_change_password boolean NOT NULL,
    staff_id uuid,
    student_id uuid,
    disabled_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    version integer NOT NULL
);
INSERT INTO public.academic_sessions VALUES ('01a22806-5d73-74d4-a302-0a4e030eb560', '01a22806-5d60-72a6-bc8a-9a2b228d6220', NULL, 'year', '2026/27', '2026-09-01', '2027-07-15', NULL, NULL, 1);
INSERT INTO public.academic_sessions VALUES ('01a22806-5d73-74d4-a302-0a4fe409aedc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', 'term', 'Autumn', '2026-09-01', '2026-12-18', NULL, NULL, 1);
INSERT INTO public.academic_sessions VALUES ('01a22806-5d74-7357-bfab-d70244a2fc2d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', 'term', 'Spring', '2027-01-06', '2027-03-26', NULL, NULL, 1);
INSERT INTO public.academic_sessions VALUES ('01a22806-5d74-7357-bfab-d703f9e3996a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', 'term', 'Summer', '2027-04-12', '2027-07-15', NULL, NULL, 1);
INSERT INTO public.academic_sessions VALUES ('01a22806-62c9-7026-a440-e1549560a110', '01a22806-62c6-769c-bbc0-15d9c8f9573b', NULL, 'year', '2026/27', '2026-09-01', '2027-07-15', NULL, NULL, 1);
INSERT INTO public.academic_sessions VALUES ('01a22806-62c9-7026-a440-e15528ca849b', '01a22806-62c6-769c-bbc0-15d9c8f9573b', '01a22806-62c9-7026-a440-e1549560a110', 'term', 'Autumn', '2026-09-01', '2026-12-18', NULL, NULL, 1);
INSERT INTO public.applied_migrations VALUES ('m20261121_000001_first_schema', '2026-11-29 15:57:13.902794+00');
INSERT INTO public.applied_migrations VALUES ('m20261121_000002_face_privacy', '2026-11-29 15:57:14.768873+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_000005_birthdays', '2026-11-29 15:57:15.033487+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_000008_audit_by_student', '2026-11-29 15:57:15.049565+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_000009_sort_keys', '2026-11-29 15:57:15.069834+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_c00010_locked_sessions', '2026-11-29 15:57:15.074928+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_c00011_clock_seen', '2026-11-29 15:57:15.082473+00');
INSERT INTO public.applied_migrations VALUES ('m20261129_d00010_digests', '2026-11-29 15:57:15.100882+00');
INSERT INTO public.assessments VALUES ('01a22806-60cd-736c-8064-87ace083f1de', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', '01a22806-608b-72a0-a998-8e2b4a63d93a', '01a22806-5d73-74d4-a302-0a4fe409aedc', 'Test 1', 200000, NULL, 0, NULL, 1);
INSERT INTO public.assessments VALUES ('01a22806-60ec-75ab-81c5-a92b7207dab7', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', '01a22806-608b-72a0-a998-8e2b4a63d93a', '01a22806-5d73-74d4-a302-0a4fe409aedc', 'Test 2', 200000, NULL, 1, NULL, 1);
INSERT INTO public.assessments VALUES ('01a22806-610e-7413-be10-00d82cb4269f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', '01a22806-60ad-74ee-9a83-fc959c6b018a', '01a22806-5d73-74d4-a302-0a4fe409aedc', 'Essay', 100000, NULL, 2, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'P', 'Present', 'present', 0, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-5d65-75af-be9d-0f49b7c38447', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'A', 'Absent', 'absent', 1, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-5d69-7790-b9ba-94414052fc0a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'L', 'Late', 'late', 2, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-5d71-74fa-9169-0a79649d9f5c', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'E', 'Excused', 'excused', 3, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-62c7-723d-bfb4-520c3244cbc1', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'P', 'Present', 'present', 0, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-62c7-723d-bfb4-520d6d3cadca', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'A', 'Absent', 'absent', 1, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-62c8-7113-bc28-561750bce14d', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'L', 'Late', 'late', 2, NULL, 1);
INSERT INTO public.attendance_codes VALUES ('01a22806-62c8-7113-bc28-5618becb0952', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'E', 'Excused', 'excused', 3, NULL, 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6215-776e-a5fe-2f650e67f114', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5ead-74c9-84df-e52b71d94fd5', '2026-10-14', 0, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6215-776e-a5fe-2f66488a61e4', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5dff-71ad-8663-ffe50452c131', '2026-10-14', 0, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6215-776e-a5fe-2f67743b9188', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5e37-77c9-a3c5-f81cf4143a63', '2026-10-14', 0, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6234-7632-aa87-bc56947cb453', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5ead-74c9-84df-e52b71d94fd5', '2026-10-14', 2, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6234-7632-aa87-bc575f0b5aa5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5dff-71ad-8663-ffe50452c131', '2026-10-14', 2, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.attendance_marks VALUES ('01a22806-6234-7632-aa87-bc58bc7bb9d7', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5e37-77c9-a3c5-f81cf4143a63', '2026-10-14', 2, '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', NULL, NULL, 'hand', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cecf6e93664', '01a22806-5d7c-72fa-961b-5575539d43b5', NULL, 'districts', '01a22806-5d5f-7607-b446-0830cb86f0c6', 'insert', NULL, NULL, 1, NULL, '\x00000001d40980f62c315885c8048dcaaac8ef15');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2ced6284dcbc', '01a22806-5d7c-72fa-961b-5575539d43b5', NULL, 'schools', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'insert', NULL, NULL, 1, NULL, '\x000000019fc5383c2cc3bd26fadad1a5bb5bd5c7');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2ceeb13ba0ea', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_codes', '01a22806-5d61-743c-ae8d-ba8c8bf3dbb3', 'insert', NULL, NULL, 1, NULL, '\x00000001940ec2c002a3f010b0f05ec0f495e3c4');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cef5abf5565', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_codes', '01a22806-5d65-75af-be9d-0f49b7c38447', 'insert', NULL, NULL, 1, NULL, '\x00000001e2d44605e57e311cf082ed5bf0c62cf5');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf035b6dcc9', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_codes', '01a22806-5d69-7790-b9ba-94414052fc0a', 'insert', NULL, NULL, 1, NULL, '\x00000001f632ceb4cbb49976102e778b701335bf');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf121ff378e', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_codes', '01a22806-5d71-74fa-9169-0a79649d9f5c', 'insert', NULL, NULL, 1, NULL, '\x000000012b026473a6b4d511598e527b3954a8a2');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf28af73074', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'grade_scales', '01a22806-5d71-74fa-9169-0a7ae24fe5d4', 'insert', NULL, NULL, 1, NULL, '\x0000000111269e8d7622be5d383052f7de22b0b4');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf3ac8f1bbc', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'academic_sessions', '01a22806-5d73-74d4-a302-0a4e030eb560', 'insert', NULL, NULL, 1, NULL, '\x00000001f491cee110f955cfae93b7755d6676a9');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf4e8a0ac94', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'academic_sessions', '01a22806-5d73-74d4-a302-0a4fe409aedc', 'insert', NULL, NULL, 1, NULL, '\x00000001dfec47a6f2bf4a786ba39a9cf26ffd56');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf514fe1272', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'academic_sessions', '01a22806-5d74-7357-bfab-d70244a2fc2d', 'insert', NULL, NULL, 1, NULL, '\x000000017b852f2dab694f6933b45ad8d4a05fb8');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf67b7acaf7', '01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'academic_sessions', '01a22806-5d74-7357-bfab-d703f9e3996a', 'insert', NULL, NULL, 1, NULL, '\x00000001c964d092b4cef363fd96bd2248ae640a');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf7283609a2', '01a22806-5d7c-72fa-961b-5575539d43b5', NULL, 'users', '01a22806-5d79-7037-80f3-e671fa128e60', 'insert', NULL, NULL, 1, NULL, '\x000000019782e7c9751933d9cb437cec7279e799');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf84323e84e', '01a22806-5d7c-72fa-961b-5575539d43b5', NULL, 'grants', '01a22806-5d7a-758b-95b0-36c664871cfa', 'insert', NULL, NULL, 1, NULL, '\x00000001cc0842985fa6856e7ce86c4f1cb49068');
INSERT INTO public.audit_changes VALUES ('01a22806-5d7e-751d-b70c-2cf936b83873', '01a22806-5d7c-72fa-961b-5575539d43b5', NULL, 'user_sessions', '01a22806-5d7b-7413-88d1-59fc4604a8cf', 'insert', NULL, NULL, 1, NULL, '\x000000003fbe64c031d2a6e526c6a48f5bcee721');
INSERT INTO public.audit_changes VALUES ('01a22806-5db2-7238-b265-c220eaf27a17', '01a22806-5db1-76dd-9b26-d012c49d67b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'subjects', '01a22806-5db0-7757-ae80-f6572191da3f', 'insert', NULL, NULL, 1, NULL, '\x00000001f86f3c8ad8f2ec62911e37561d47df71');
INSERT INTO public.audit_changes VALUES ('01a22806-5dc1-73ca-9137-4d64d8bbb30c', '01a22806-5dbc-716e-b9f1-31601d42b896', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'staff', '01a22806-5db7-73e8-999f-d490462fba4b', 'insert', NULL, NULL, 1, NULL, '\x00000001e27234ba88843184c0ab592c4503f6b7');
INSERT INTO public.audit_changes VALUES ('01a22806-5dd3-7667-9823-d4fad6155b73', '01a22806-5dd3-7667-9823-d4f920133103', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'staff', '01a22806-5dd1-73b4-8a88-8e8cf67d486c', 'insert', NULL, NULL, 1, NULL, '\x000000018546244cbb11c278c4d5f2afa1fe044e');
INSERT INTO public.audit_changes VALUES ('01a22806-5de8-703a-9304-2bfdf02c3c56', '01a22806-5de8-703a-9304-2bfc318e5b4b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'classes', '01a22806-5de6-72cf-b51f-27815b77652f', 'insert', NULL, NULL, 1, NULL, '\x00000001261bce6a28a915da51b35a2c3ac2282a');
INSERT INTO public.audit_changes VALUES ('01a22806-5df2-74b4-97a7-25f3798cfce5', '01a22806-5df1-74ee-8cce-992428c3e794', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'classes', '01a22806-5def-7420-bf0b-570e976ab15c', 'insert', NULL, NULL, 1, NULL, '\x0000000143d7a42bd86d6181c0bc663b5f64bdc4');
INSERT INTO public.audit_changes VALUES ('01a22806-5dfd-7754-b9ee-3cf1e358d623', '01a22806-5dfd-7754-b9ee-3cf06a3e1937', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'courses', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', 'insert', NULL, NULL, 1, NULL, '\x000000014b26ce497d8b657c03b140561fb0f020');
INSERT INTO public.audit_changes VALUES ('01a22806-5dfd-7754-b9ee-3cf27af56d20', '01a22806-5dfd-7754-b9ee-3cf06a3e1937', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'teachings', '01a22806-5dfc-77e5-825f-a1916ea3c71a', 'insert', NULL, NULL, 1, NULL, '\x0000000146c8ff1f6a335318a7f0896f0266aa9d');
INSERT INTO public.audit_changes VALUES ('01a22806-5e1c-7352-991a-3521546b1dfe', '01a22806-5e1a-72e5-9a4a-de1f0423fe56', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'students', '01a22806-5dff-71ad-8663-ffe50452c131', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001fb2a1efbc7b10f07126e873b944fc39c');
INSERT INTO public.audit_changes VALUES ('01a22806-5e1c-7352-991a-352241bd0b08', '01a22806-5e1a-72e5-9a4a-de1f0423fe56', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardians', '01a22806-5e17-7744-a3a0-44656b9bb00e', 'insert', NULL, NULL, 1, NULL, '\x00000001ee85ccc0dc60875bcf13706a87573a6e');
INSERT INTO public.audit_changes VALUES ('01a22806-5e1c-7352-991a-3523e0483c3e', '01a22806-5e1a-72e5-9a4a-de1f0423fe56', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardianships', '01a22806-5e19-7606-84b9-00b7b7b53d33', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x0000000119eabdd751d9863b3cb8c747453c33b5');
INSERT INTO public.audit_changes VALUES ('01a22806-5e4d-72af-8d49-c21be0e83ac3', '01a22806-5e47-75a2-be45-a5a5af600947', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'students', '01a22806-5e37-77c9-a3c5-f81cf4143a63', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x00000001850c7b21c90c6484a36c68d89fbbaed4');
INSERT INTO public.audit_changes VALUES ('01a22806-5e4d-72af-8d49-c21c68065de8', '01a22806-5e47-75a2-be45-a5a5af600947', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardians', '01a22806-5e43-74f2-b27d-555bdde5baa4', 'insert', NULL, NULL, 1, NULL, '\x00000001daff8e283aca8636325b0b5a500d219c');
INSERT INTO public.audit_changes VALUES ('01a22806-5e4d-72af-8d49-c21d86c24f44', '01a22806-5e47-75a2-be45-a5a5af600947', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardianships', '01a22806-5e46-7195-bf0c-9089a3b563b6', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x00000001f3b21c7ad849d0b2b6a085b99866ad27');
INSERT INTO public.audit_changes VALUES ('01a22806-5eb4-7003-ad2e-c93ed6b6d3d4', '01a22806-5eb3-731e-8704-b2276af704dc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'students', '01a22806-5ead-74c9-84df-e52b71d94fd5', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x00000001201cfd80f83c9651c74d04e4a23c6901');
INSERT INTO public.audit_changes VALUES ('01a22806-5eb4-7003-ad2e-c93f330cff27', '01a22806-5eb3-731e-8704-b2276af704dc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardians', '01a22806-5eb1-75a3-ab8c-20f4ec639948', 'insert', NULL, NULL, 1, NULL, '\x00000001219cc673154f24bdfd1fe11bdbc523e4');
INSERT INTO public.audit_changes VALUES ('01a22806-5eb4-7003-ad2e-c9403d6752f6', '01a22806-5eb3-731e-8704-b2276af704dc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'guardianships', '01a22806-5eb2-7196-9da3-ad17b23b8530', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x000000012ff600f7fd43f32255b0d12367fb66e4');
INSERT INTO public.audit_changes VALUES ('01a22806-5ec4-747c-b87e-6da8b3213901', '01a22806-5ec4-747c-b87e-6da7c8f1dcdd', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'students', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x00000001bb1cb01f53a9ac6da16d76381a8ddeb1');
INSERT INTO public.audit_changes VALUES ('01a22806-5f06-74e5-aa47-d9d3edc2e673', '01a22806-5f05-77c7-bdad-6132c4af2a90', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-5f04-745b-97d4-97afdfc28be0', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001a5b5cc954a79c0d89ae67d311b9471bc');
INSERT INTO public.audit_changes VALUES ('01a22806-5f06-74e5-aa47-d9d43c27dc0d', '01a22806-5f05-77c7-bdad-6132c4af2a90', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-5f04-745b-97d4-97b05cd2064b', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x00000001f00c9ef110b8f06465cfe3453311b7c4');
INSERT INTO public.audit_changes VALUES ('01a22806-5f06-74e5-aa47-d9d501ec3e96', '01a22806-5f05-77c7-bdad-6132c4af2a90', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-5f04-745b-97d4-97b139807ab3', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x000000017581ef862f9674067875e4ecd47ce94b');
INSERT INTO public.audit_changes VALUES ('01a22806-5f1c-748c-ab54-7a14522a9dcc', '01a22806-5f1b-73a9-815d-3fc9762abae0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-5f19-77a9-a1c4-ca40dc7fc635', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x0000000199e0903c0676124d7bfff17401e14d17');
INSERT INTO public.audit_changes VALUES ('01a22806-5f4d-73a1-a9e5-1181b79f69ae', '01a22806-5f4c-7752-8ee9-08f12c7cb7c9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'users', '01a22806-5f4a-77e6-9637-62e96a30e311', 'insert', NULL, NULL, 1, NULL, '\x00000001caf2af272fddba8be32de933681bf673');
INSERT INTO public.audit_changes VALUES ('01a22806-5f4d-73a1-a9e5-11829193c3cc', '01a22806-5f4c-7752-8ee9-08f12c7cb7c9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'grants', '01a22806-5f4b-70eb-9928-2796e190ee9d', 'insert', NULL, NULL, 1, NULL, '\x0000000185a708b6328bcece6f7b340d00578ad5');
INSERT INTO public.audit_changes VALUES ('01a22806-5fc9-7058-8c08-32db5b6f58ca', '01a22806-5fc9-7058-8c08-32dafd9fb5b6', NULL, 'user_sessions', '01a22806-5fc5-7616-ba38-a22c90b68ebb', 'insert', NULL, NULL, 1, NULL, '\x000000000e915b244c93c3593b6cb2c1f5bf1708');
INSERT INTO public.audit_changes VALUES ('01a22806-606e-76cd-9fdb-f2cc17ec5cd3', '01a22806-606e-76cd-9fdb-f2cbc1af3861', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'users', '01a22806-5f4a-77e6-9637-62e96a30e311', 'update', '{"must_change_password": true}', '{"must_change_password": false}', 1, NULL, '\x000000021f134a85f57974109f2a2893dc284fc5');
INSERT INTO public.audit_changes VALUES ('01a22806-608c-7402-bddc-6fbf0b59992a', '01a22806-608b-72a0-a998-8e2ce125a8ac', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'categories', '01a22806-608b-72a0-a998-8e2b4a63d93a', 'insert', NULL, NULL, 1, NULL, '\x000000016e25d17160b20c06674ea4f88a0b0da9');
INSERT INTO public.audit_changes VALUES ('01a22806-60ae-7348-b068-2a4a1108b3d7', '01a22806-60ae-7348-b068-2a494f2547cb', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'categories', '01a22806-60ad-74ee-9a83-fc959c6b018a', 'insert', NULL, NULL, 1, NULL, '\x00000001533b099e4fceba013814813475e41e48');
INSERT INTO public.audit_changes VALUES ('01a22806-60ce-74a3-b56f-7cabc1fb5cab', '01a22806-60ce-74a3-b56f-7caadbfd6886', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'assessments', '01a22806-60cd-736c-8064-87ace083f1de', 'insert', NULL, NULL, 1, NULL, '\x000000019626dbfdd697f34872eded537f2d38dd');
INSERT INTO public.audit_changes VALUES ('01a22806-60f0-7322-81d8-aa238bc493f3', '01a22806-60ed-74b8-bcc5-82830adda825', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'assessments', '01a22806-60ec-75ab-81c5-a92b7207dab7', 'insert', NULL, NULL, 1, NULL, '\x000000010232e6af5f37169506a44ce1b26e7712');
INSERT INTO public.audit_changes VALUES ('01a22806-610f-7415-a889-f643a0a94585', '01a22806-610f-7415-a889-f642e26e730d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'assessments', '01a22806-610e-7413-be10-00d82cb4269f', 'insert', NULL, NULL, 1, NULL, '\x00000001550ac596882c8913dd3e596fdf4322a6');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-90fd769163c9', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8918695573', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001c4afb871aa42a3b637c47c2f72c27248');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-90fe7f43529d', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8aaca38e7d', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001a1d64c49bde01975f230d7742fae7e8d');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-90ff0d2e40ba', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8b71bc0778', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001dbaf71d3e169333c2175fa6a03ff3acf');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-9100fad8f055', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8cc735157f', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x000000017fa068d3ea2c3ed854aaf8f2d842def0');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-9101152ee735', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8df428335b', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x0000000118a1962610fbb68a095dca48ba0824d1');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-910282768fee', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8e2fadc62e', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x000000017549d3c5e45fcb8bfaa8e4d1ddbdaf9a');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-91033425b4ad', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8fe9c2d99c', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x00000001980468991d405a1aefc9d9c7158e5823');
INSERT INTO public.audit_changes VALUES ('01a22806-6134-7170-97ef-9104df46acad', '01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e9095439f7f', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x0000000177989b89ef037c83b2e81593af0ad4c6');
INSERT INTO public.audit_changes VALUES ('01a22806-616c-730c-8491-ff7d0d1bd631', '01a22806-616b-76b0-8e03-ef7878f82e51', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8918695573', 'update', '{"value": 150000}', '{"value": 160000}', 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x000000028848367a012fdc89845406fcd13a41e9');
INSERT INTO public.audit_changes VALUES ('01a22806-61d6-760e-a6a2-69acd3b04d15', '01a22806-61bb-736d-b9cc-946afa3f7134', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'marks', '01a22806-6131-7458-9da1-9e8918695573', 'update', '{"value": 160000}', '{"value": 150000}', 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000003c4018a65f3c806393fe49e46d9e253f3');
INSERT INTO public.audit_changes VALUES ('01a22806-6287-7068-8679-f63f1b69b549', '01a22806-6287-7068-8679-f63e1b0d790a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'classes', '01a22806-6281-7468-973b-219fb2d255e2', 'insert', NULL, NULL, 1, NULL, '\x0000000125ffaf4e8ab77e670c5cc8fc4e871d0a');
INSERT INTO public.audit_changes VALUES ('01a22806-62a2-739f-98dc-926af3186722', '01a22806-62a1-71e1-b3b8-7bacef6f9725', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'courses', '01a22806-629f-703a-bd0b-d4b3964dbafe', 'insert', NULL, NULL, 1, NULL, '\x000000012bd1b224c24e2eab785cd185076faae1');
INSERT INTO public.audit_changes VALUES ('01a22806-62a2-739f-98dc-926b74e5b60f', '01a22806-62a1-71e1-b3b8-7bacef6f9725', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'teachings', '01a22806-62a1-71e1-b3b8-7bab695d5b51', 'insert', NULL, NULL, 1, NULL, '\x00000001cb9abc6df51351569366e1bde69ce989');
INSERT INTO public.audit_changes VALUES ('01a22806-62b1-769d-a800-c16183221051', '01a22806-62b1-769d-a800-c160af681663', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'classes', '01a22806-6281-7468-973b-219fb2d255e2', 'update', '{"deleted_at": null}', '{"deleted_at": "2026-10-14T08:00:00Z"}', 1, NULL, '\x000000023cc64c9170777336d15cae5db63f9b36');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e507cefa8aa4', '01a22806-62c9-7026-a440-e1567320ff7c', NULL, 'schools', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'insert', NULL, NULL, 1, NULL, '\x000000011232dfcf75bc0a439f746f2eb0700317');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e508f02af8a1', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'attendance_codes', '01a22806-62c7-723d-bfb4-520c3244cbc1', 'insert', NULL, NULL, 1, NULL, '\x000000015572c845c45b7a2bc5cca7242dde4664');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50981acf2e6', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'attendance_codes', '01a22806-62c7-723d-bfb4-520d6d3cadca', 'insert', NULL, NULL, 1, NULL, '\x000000014c8814ab28cc2520133c18953b9d25e3');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50a61a5efad', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'attendance_codes', '01a22806-62c8-7113-bc28-561750bce14d', 'insert', NULL, NULL, 1, NULL, '\x00000001e072c2685edef8aa7e996deece90a28e');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50bd460a845', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'attendance_codes', '01a22806-62c8-7113-bc28-5618becb0952', 'insert', NULL, NULL, 1, NULL, '\x00000001de37f1acb000e35021606187a0048767');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50c78bbe920', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'grade_scales', '01a22806-62c8-7113-bc28-56190c34b272', 'insert', NULL, NULL, 1, NULL, '\x0000000197798d0978c9741b70bd1710b4e4cf72');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50d32177bd4', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'academic_sessions', '01a22806-62c9-7026-a440-e1549560a110', 'insert', NULL, NULL, 1, NULL, '\x00000001da245819cc3c62adf4db372c5ce1db4e');
INSERT INTO public.audit_changes VALUES ('01a22806-62ca-70f2-b028-e50e852f8473', '01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'academic_sessions', '01a22806-62c9-7026-a440-e15528ca849b', 'insert', NULL, NULL, 1, NULL, '\x00000001e8e46e4acd38a1cc41927015f90dfd58');
INSERT INTO public.audit_changes VALUES ('01a22806-6310-74b8-8746-ac553d27b32d', '01a22806-6310-74b8-8746-ac5410483171', NULL, 'user_sessions', '01a22806-630f-72d9-a714-ea5ba2766b23', 'insert', NULL, NULL, 1, NULL, '\x00000000c209fcb02e3bcd4443b1f6fa9ce66689');
INSERT INTO public.audit_changes VALUES ('01a22806-63f5-71db-ab2e-93f1a8a09a79', '01a22806-63f5-71db-ab2e-93f073fc66c0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'users', '01a22806-63f2-75f6-9abf-8ad0646e481e', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x000000011c903969162bfb1bb23f79cf9dfb8e44');
INSERT INTO public.audit_changes VALUES ('01a22806-63f5-71db-ab2e-93f280a526db', '01a22806-63f5-71db-ab2e-93f073fc66c0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'grants', '01a22806-63f3-74b1-890d-b6b1cd50f248', 'insert', NULL, NULL, 1, NULL, '\x00000001d8e9fe17ff4542039c4e207a0cca0022');
INSERT INTO public.audit_changes VALUES ('01a22806-642a-72d2-ab32-b02067b77d61', '01a22806-642a-72d2-ab32-b01f87231692', NULL, 'user_sessions', '01a22806-6429-7279-b0f6-c116aec1fbb4', 'insert', NULL, NULL, 1, NULL, '\x00000000bf8368baf723a8c17bebd606ebe897e1');
INSERT INTO public.audit_changes VALUES ('01a22806-64a5-7657-9e93-64a326c28f7e', '01a22806-64a5-7657-9e93-64a2db5c48bf', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'users', '01a22806-63f2-75f6-9abf-8ad0646e481e', 'update', '{"must_change_password": true}', '{"must_change_password": false}', 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000002998371755654149617a5a9076e56d96f');
INSERT INTO public.audit_changes VALUES ('01a22806-6931-773c-a0a7-3efab6389540', '01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'data_keys', '01a22806-6924-77c0-a3f9-844b8a72b3fc', 'insert', NULL, NULL, 1, NULL, '\x00000001ebacd90fa8cb6bfb0ad7aa4a5db172b1');
INSERT INTO public.audit_changes VALUES ('01a22806-6931-773c-a0a7-3efbb7a21f5e', '01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-692d-713d-a955-de92027150d7', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000000333bd181e38e3b77e0db3e17612ac200');
INSERT INTO public.audit_changes VALUES ('01a22806-6931-773c-a0a7-3efc48cddd2c', '01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-692e-77b8-8d95-7f886384c0ef', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000000f6148b8483e977062021d078d6262630');
INSERT INTO public.audit_changes VALUES ('01a22806-6931-773c-a0a7-3efdd5447ef7', '01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-692e-77b8-8d95-7f89172a3bd8', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000000074093322e10b57dcaa0ed6462e4cd26');
INSERT INTO public.audit_changes VALUES ('01a22806-6931-773c-a0a7-3efe02b57619', '01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_uses', '01a22806-692f-75c1-b687-82aa2f72da1e', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x0000000152a9dcdf676576eb8bb88d8a0b85634e');
INSERT INTO public.audit_changes VALUES ('01a22806-6942-72fa-ae20-f1629c5d2ec1', '01a22806-6942-72fa-ae20-f16154e03c39', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'consents', '01a22806-6939-7051-b81c-db1fbec0ef7d', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x0000000123611b7fef5305913586332931d8be77');
INSERT INTO public.audit_changes VALUES ('01a22806-6c03-75bb-92b6-90c6034b2a2c', '01a22806-6c03-75bb-92b6-90c54ca9733a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-6c00-745e-9ee5-c0bc6011c91c', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x00000000227de5c8c35efe91abf579404b0b69e7');
INSERT INTO public.audit_changes VALUES ('01a22806-6c03-75bb-92b6-90c73fcf38cd', '01a22806-6c03-75bb-92b6-90c54ca9733a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-6c01-7736-a98e-d3789c183d04', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x00000000af762d0a570d0729b40b2b42900526cd');
INSERT INTO public.audit_changes VALUES ('01a22806-6c03-75bb-92b6-90c86a1967ce', '01a22806-6c03-75bb-92b6-90c54ca9733a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_templates', '01a22806-6c01-7736-a98e-d3791c2b7839', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x00000000585e7b756b769112e36005453c1f38c9');
INSERT INTO public.audit_changes VALUES ('01a22806-6c03-75bb-92b6-90c900dd1f22', '01a22806-6c03-75bb-92b6-90c54ca9733a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face_uses', '01a22806-6c02-7107-9d19-8e5ad1648857', 'insert', NULL, NULL, 1, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '\x00000001b4e77bd718bc23d4f247aafc65d05235');
INSERT INTO public.audit_changes VALUES ('01a22806-6c1b-76c3-99c5-adea948a836b', '01a22806-6c1b-76c3-99c5-ade9da3225f0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'consents', '01a22806-6c1a-746b-b885-ae1841cf5e34', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x0000000183f93b8eb610f0de93060f0d3b48361a');
INSERT INTO public.audit_changes VALUES ('01a22806-6202-7634-9b14-249f9ddf93ab', '01a22806-6202-7634-9b14-249ecc80f1c3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'report_comments', '01a22806-6201-74c1-af2a-ef90401f2df5', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001f0af36c1766a9d76745ae782a70c27e0');
INSERT INTO public.audit_changes VALUES ('01a22806-6217-7599-99b8-64f377ec224a', '01a22806-6216-710e-a596-41fc5ca26db3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6215-776e-a5fe-2f650e67f114', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x0000000180371439c7a74197f787d7d90150d21b');
INSERT INTO public.audit_changes VALUES ('01a22806-6217-7599-99b8-64f45d932986', '01a22806-6216-710e-a596-41fc5ca26db3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6215-776e-a5fe-2f66488a61e4', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001ed94d080ffc80b209833aa093b550e45');
INSERT INTO public.audit_changes VALUES ('01a22806-6217-7599-99b8-64f51b08fc45', '01a22806-6216-710e-a596-41fc5ca26db3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6215-776e-a5fe-2f67743b9188', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x0000000185596392226e8601d9df24d2ea7dee1f');
INSERT INTO public.audit_changes VALUES ('01a22806-6239-7186-844e-73e97fd14227', '01a22806-6239-7186-844e-73e89d6c12aa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6234-7632-aa87-bc56947cb453', 'insert', NULL, NULL, 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x000000014554cc684bb148c45fa39e9e122a47bb');
INSERT INTO public.audit_changes VALUES ('01a22806-6239-7186-844e-73eaa7a2f43c', '01a22806-6239-7186-844e-73e89d6c12aa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6234-7632-aa87-bc575f0b5aa5', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001e188fa12aae2f08139cc289280091cec');
INSERT INTO public.audit_changes VALUES ('01a22806-6239-7186-844e-73ebcd87d875', '01a22806-6239-7186-844e-73e89d6c12aa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'attendance_marks', '01a22806-6234-7632-aa87-bc58bc7bb9d7', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x00000001fd15b08aa827849bdd4630775a724c6a');
INSERT INTO public.audit_changes VALUES ('01a22806-6246-739d-aa3c-2fbb06f4d91a', '01a22806-6246-739d-aa3c-2fba887c89f9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-5f04-745b-97d4-97b05cd2064b', 'update', '{"end_date": null}', '{"end_date": "2026-10-11"}', 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x000000021d19204f3eddf2e387db993e1f870366');
INSERT INTO public.audit_changes VALUES ('01a22806-6246-739d-aa3c-2fbca5106a85', '01a22806-6246-739d-aa3c-2fba887c89f9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-6245-7792-baa6-8f7353cbfd7b', 'insert', NULL, NULL, 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x0000000132fc6cb6d74c37cafcb9a5baf7f8672b');
INSERT INTO public.audit_changes VALUES ('01a22806-626d-7743-ac74-98d2448f3c0e', '01a22806-6268-71a3-a56c-43dcfc15e00f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'students', '01a22806-5ead-74c9-84df-e52b71d94fd5', 'update', '{"deleted_at": null}', '{"deleted_at": "2026-10-14T08:00:00Z"}', 1, '01a22806-5ead-74c9-84df-e52b71d94fd5', '\x000000029b6ef21b305130db38f3d7ea3a48e779');
INSERT INTO public.audit_changes VALUES ('01a22806-6349-7081-9299-3342cbe162c7', '01a22806-6348-718e-a7fa-066e869fefd3', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'staff', '01a22806-6347-7037-81d3-7d3f337887d8', 'insert', NULL, NULL, 1, NULL, '\x000000018b7d9a06e5e5a395814fc5ffb5e6f4b7');
INSERT INTO public.audit_changes VALUES ('01a22806-64c2-73f9-926c-1830c2b5b6a5', '01a22806-64ba-74dd-ac0b-bac3db999b59', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'consents', '01a22806-64b8-7411-b0d1-a0f1848e71bd', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x00000001fa2bed9306491c0976d0b803f52f2ae1');
INSERT INTO public.audit_changes VALUES ('01a22806-625a-7321-aea2-953997c2409f', '01a22806-625a-7321-aea2-9538d30b67d1', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolments', '01a22806-6259-71ba-adeb-e34eacf676e5', 'insert', NULL, NULL, 1, '01a22806-5dff-71ad-8663-ffe50452c131', '\x000000010d8d59d4cd77ebf8f7c3884b2317df68');
INSERT INTO public.audit_changes VALUES ('01a22806-6336-73cb-9e1c-00b96cca7dda', '01a22806-6336-73cb-9e1c-00b8633e4271', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'students', '01a22806-6333-745c-bcef-5cc37229e3dd', 'insert', NULL, NULL, 1, '01a22806-6333-745c-bcef-5cc37229e3dd', '\x00000001353e4c0c5a3fe75b6d83e2a2d7fd17ac');
INSERT INTO public.audit_changes VALUES ('01a22806-63a0-70fb-8476-edac620c643e', '01a22806-63a0-70fb-8476-edabb622ed8c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'users', '01a22806-639d-74bf-8481-48652d9faf7c', 'insert', NULL, NULL, 1, NULL, '\x0000000162b9046d8547377c4c1fd8662a592c7e');
INSERT INTO public.audit_changes VALUES ('01a22806-63a0-70fb-8476-edad5c97546d', '01a22806-63a0-70fb-8476-edabb622ed8c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'grants', '01a22806-639f-7303-99ce-bb57c4892dd6', 'insert', NULL, NULL, 1, NULL, '\x0000000165de9662aba80bda6c46601ce61ff5d5');
INSERT INTO public.audit_changes VALUES ('01a22806-64ae-749c-b9be-4b3d19420dcc', '01a22806-64ad-7248-a583-8c1b5e4a6d83', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'settings', '01a22806-64aa-763f-8b95-704cfed2ba3b', 'insert', NULL, NULL, 1, NULL, '\x0000000100775e8761b729868151f1da5924270c');
INSERT INTO public.audit_changes VALUES ('01a22806-6c23-720d-a019-ba7158cddb20', '01a22806-6c23-720d-a019-ba706a8958ea', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'consents', '01a22806-6c1a-746b-b885-ae1841cf5e34', 'update', '{"withdrawn_at": null}', '{"withdrawn_at": "2026-10-14T08:00:00Z"}', 1, '01a22806-5e37-77c9-a3c5-f81cf4143a63', '\x00000002d62f084cb7d4591f3f7365df40ba03a3');
INSERT INTO public.audit_entries VALUES ('01a22806-5d7c-72fa-961b-5575539d43b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'set_up', NULL, NULL, '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 1, NULL, '\xd0aca5513df1b318e9716648153ed7796bdea4cc30655f550aa80bf27520ee3a');
INSERT INTO public.audit_entries VALUES ('01a22806-5db1-76dd-9b26-d012c49d67b5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_subject', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 1, '\xd0aca5513df1b318e9716648153ed7796bdea4cc30655f550aa80bf27520ee3a', '\x8a9498b297b1ca057e7546eec206f39bea61da01bf5da857547111092cdcbe4c');
INSERT INTO public.audit_entries VALUES ('01a22806-5dbc-716e-b9f1-31601d42b896', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_staff', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 2, '\xd0aca5513df1b318e9716648153ed7796bdea4cc30655f550aa80bf27520ee3a', '\xe35966dfaa9d2f5a11f03603e274ca1a6a34ea5fddfed24784159d1e8e9c70b5');
INSERT INTO public.audit_entries VALUES ('01a22806-5dd3-7667-9823-d4f920133103', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_staff', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 2, '\x8a9498b297b1ca057e7546eec206f39bea61da01bf5da857547111092cdcbe4c', '\xaaac44e305c5ef4b15753bfa7e9ca8b504113a9eb4a701d8d3d6b355ae76e422');
INSERT INTO public.audit_entries VALUES ('01a22806-5de8-703a-9304-2bfc318e5b4b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_class', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 3, '\xaaac44e305c5ef4b15753bfa7e9ca8b504113a9eb4a701d8d3d6b355ae76e422', '\x50c3179d3c4cb12a79eb53db67117353ad7cd7cb692f9b5373ba23e6a2cb4bd1');
INSERT INTO public.audit_entries VALUES ('01a22806-5df1-74ee-8cce-992428c3e794', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_class', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 3, '\xe35966dfaa9d2f5a11f03603e274ca1a6a34ea5fddfed24784159d1e8e9c70b5', '\x92934a751c4eac3a9034544cd07eaba7f9034418cc863831633f5cde9e268f8e');
INSERT INTO public.audit_entries VALUES ('01a22806-5dfd-7754-b9ee-3cf06a3e1937', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_course', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 4, '\x50c3179d3c4cb12a79eb53db67117353ad7cd7cb692f9b5373ba23e6a2cb4bd1', '\x9441007578090c99998678afaf94c50c51debab7ec9219826aac3587f01d6025');
INSERT INTO public.audit_entries VALUES ('01a22806-5e1a-72e5-9a4a-de1f0423fe56', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_student', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 1, '\x9441007578090c99998678afaf94c50c51debab7ec9219826aac3587f01d6025', '\x8f41ec0e556933c5ca7a92800c83b21c6d8e2103e108d2567bdab8c87591ca19');
INSERT INTO public.audit_entries VALUES ('01a22806-5e47-75a2-be45-a5a5af600947', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_student', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 2, '\x8f41ec0e556933c5ca7a92800c83b21c6d8e2103e108d2567bdab8c87591ca19', '\xb6fd45d3ca280d75385f956d1b617c5bef8ae628cad47e831e87018a440c3807');
INSERT INTO public.audit_entries VALUES ('01a22806-5eb3-731e-8704-b2276af704dc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_student', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 5, '\x9441007578090c99998678afaf94c50c51debab7ec9219826aac3587f01d6025', '\x1b11653353711b924deb7ba39be9a2874ddcb2d69e9ad0cab1484be8f1b0a672');
INSERT INTO public.audit_entries VALUES ('01a22806-5ec4-747c-b87e-6da7c8f1dcdd', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_student', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 6, '\x1b11653353711b924deb7ba39be9a2874ddcb2d69e9ad0cab1484be8f1b0a672', '\x9d6eed74d250f065a3e5d095be5c184d142882c67a697b0407b8b354e64b2ae8');
INSERT INTO public.audit_entries VALUES ('01a22806-5f05-77c7-bdad-6132c4af2a90', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrol_students', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 4, '\x92934a751c4eac3a9034544cd07eaba7f9034418cc863831633f5cde9e268f8e', '\xabb901423cb37e5aa2cfdfab0d52b58b362ffd49b1fdf58978dd4223afde5cf3');
INSERT INTO public.audit_entries VALUES ('01a22806-5f1b-73a9-815d-3fc9762abae0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrol_students', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 5, '\xabb901423cb37e5aa2cfdfab0d52b58b362ffd49b1fdf58978dd4223afde5cf3', '\x558c1207339fccffb610d6e3b49dbb1fc81978593c09799e55d5f8401522edc9');
INSERT INTO public.audit_entries VALUES ('01a22806-5f4c-7752-8ee9-08f12c7cb7c9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_user', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 6, '\x558c1207339fccffb610d6e3b49dbb1fc81978593c09799e55d5f8401522edc9', '\x8831a16760824f71aa8ef7001fca18aaa4a7541efbfecbeb33c02e8086716756');
INSERT INTO public.audit_entries VALUES ('01a22806-5fc9-7058-8c08-32dafd9fb5b6', NULL, 'sign_in', NULL, NULL, '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 3, '\xb6fd45d3ca280d75385f956d1b617c5bef8ae628cad47e831e87018a440c3807', '\x986356b95dc0a616f9e18835af405a3b15b4eb994d1da1951da7657e7e1706fe');
INSERT INTO public.audit_entries VALUES ('01a22806-606e-76cd-9fdb-f2cbc1af3861', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'change_password', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 4, '\x986356b95dc0a616f9e18835af405a3b15b4eb994d1da1951da7657e7e1706fe', '\xd765a37c0c8d5e7ff698a2c61ae6e96a5095815a41913df93b788f1f47217769');
INSERT INTO public.audit_entries VALUES ('01a22806-608b-72a0-a998-8e2ce125a8ac', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_category', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 7, '\x9d6eed74d250f065a3e5d095be5c184d142882c67a697b0407b8b354e64b2ae8', '\x5c007704140b6a774432a1f1831ae97609ad2e1e44ddde41a600e6480e7fd093');
INSERT INTO public.audit_entries VALUES ('01a22806-60ae-7348-b068-2a494f2547cb', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_category', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 8, '\x5c007704140b6a774432a1f1831ae97609ad2e1e44ddde41a600e6480e7fd093', '\x0235ad3d6fd856d6bec384717a6cc594a7eb0d1cb14ae750d9df4af45e2bbf01');
INSERT INTO public.audit_entries VALUES ('01a22806-60ce-74a3-b56f-7caadbfd6886', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_assessment', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 9, '\x0235ad3d6fd856d6bec384717a6cc594a7eb0d1cb14ae750d9df4af45e2bbf01', '\x103cb3b9c6ef2259c538e48c92abf39d957826c960d01bed8c4a27de8dbd79a0');
INSERT INTO public.audit_entries VALUES ('01a22806-60ed-74b8-bcc5-82830adda825', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_assessment', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 10, '\x103cb3b9c6ef2259c538e48c92abf39d957826c960d01bed8c4a27de8dbd79a0', '\x4842ceb38ad7ee0a962218e97e65bbea0d2f3d214ef0e4ae75f07206532a5bdd');
INSERT INTO public.audit_entries VALUES ('01a22806-610f-7415-a889-f642e26e730d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_assessment', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 7, '\x8831a16760824f71aa8ef7001fca18aaa4a7541efbfecbeb33c02e8086716756', '\x3c4558a212e2a71645c1ebfbbc370f436c9f04407014ffe981d6f76fda7dadc5');
INSERT INTO public.audit_entries VALUES ('01a22806-6133-7719-b75d-99f2c4ea50fa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'record_marks', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 8, '\x3c4558a212e2a71645c1ebfbbc370f436c9f04407014ffe981d6f76fda7dadc5', '\x6d9f0475ccff54944c1d76b189780ed664596d2df6d2fdebe7462c20d1c69190');
INSERT INTO public.audit_entries VALUES ('01a22806-61bb-736d-b9cc-946afa3f7134', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'undo', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', '01a22806-616b-76b0-8e03-ef7878f82e51', NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 1, '\xde007e9ef493131cddea2ea9eed2b374a3e67ef05bd1fc49c828c6d8cf6a1bc3', '\xda0d7f2c037e85f1e09742839582bb64bdf9204f4f68ee60aafd3253460b576f');
INSERT INTO public.audit_entries VALUES ('01a22806-616b-76b0-8e03-ef7878f82e51', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'record_marks', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, '01a22806-61bb-736d-b9cc-946afa3f7134', 1, '01a22806-571a-7550-bd5e-9294165c5441', 5, '\xd765a37c0c8d5e7ff698a2c61ae6e96a5095815a41913df93b788f1f47217769', '\xde007e9ef493131cddea2ea9eed2b374a3e67ef05bd1fc49c828c6d8cf6a1bc3');
INSERT INTO public.audit_entries VALUES ('01a22806-6202-7634-9b14-249ecc80f1c3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_comments', '01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5fc5-7616-ba38-a22c90b68ebb', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 9, '\x6d9f0475ccff54944c1d76b189780ed664596d2df6d2fdebe7462c20d1c69190', '\xc59a7a90e8fd049895a04b780d9365b8908aeca6d271ec21fc5ccaef2454cf8c');
INSERT INTO public.audit_entries VALUES ('01a22806-6216-710e-a596-41fc5ca26db3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'mark_all_present', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 10, '\xc59a7a90e8fd049895a04b780d9365b8908aeca6d271ec21fc5ccaef2454cf8c', '\x7036045db3014e885cc51eee22be2713aab0f01b40443e56bb45b81b56710a6a');
INSERT INTO public.audit_entries VALUES ('01a22806-6239-7186-844e-73e89d6c12aa', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'mark_all_present', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 11, '\x7036045db3014e885cc51eee22be2713aab0f01b40443e56bb45b81b56710a6a', '\x4958ee487323faffa5af1f52095f626430a8862f022772ecf5bf350a2430a701');
INSERT INTO public.audit_entries VALUES ('01a22806-6246-739d-aa3c-2fba887c89f9', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'move_students', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 12, '\x4958ee487323faffa5af1f52095f626430a8862f022772ecf5bf350a2430a701', '\xb6c5ee6dcda7e1f5a3648816da102ad8984d08e580cd283d04d93128fa2bd1ed');
INSERT INTO public.audit_entries VALUES ('01a22806-625a-7321-aea2-9538d30b67d1', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrol_students', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 11, '\x4842ceb38ad7ee0a962218e97e65bbea0d2f3d214ef0e4ae75f07206532a5bdd', '\x9a42ded72776dc0f5f061457abd0a9c58c200760cf03619b3ff32b1273b2edc7');
INSERT INTO public.audit_entries VALUES ('01a22806-6268-71a3-a56c-43dcfc15e00f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'delete_students', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 13, '\xb6c5ee6dcda7e1f5a3648816da102ad8984d08e580cd283d04d93128fa2bd1ed', '\x5a308eff7df949a8fc927df6eb9a3f66f3dc533c01526e435c3beb8a6197f126');
INSERT INTO public.audit_entries VALUES ('01a22806-6287-7068-8679-f63e1b0d790a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_class', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 6, '\xde007e9ef493131cddea2ea9eed2b374a3e67ef05bd1fc49c828c6d8cf6a1bc3', '\x6a647505f45f3de104ff0c5ffad208fda55ce56fe61dfafc1c9bccef648bfbd9');
INSERT INTO public.audit_entries VALUES ('01a22806-62a1-71e1-b3b8-7bacef6f9725', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_course', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 7, '\x6a647505f45f3de104ff0c5ffad208fda55ce56fe61dfafc1c9bccef648bfbd9', '\xc1733ccc790049b5f5841f175a7539575848a4cdbbb5b181b83e08ee221331ae');
INSERT INTO public.audit_entries VALUES ('01a22806-62b1-769d-a800-c160af681663', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'delete_classes', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 2, '\xda0d7f2c037e85f1e09742839582bb64bdf9204f4f68ee60aafd3253460b576f', '\xfea2f4c5b644662a473b9e795d56e375914fbeb521979faabd3c9e5a8ffce266');
INSERT INTO public.audit_entries VALUES ('01a22806-62c9-7026-a440-e1567320ff7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'create_school', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 3, '\xfea2f4c5b644662a473b9e795d56e375914fbeb521979faabd3c9e5a8ffce266', '\x8c98d28f65d582a7be3ebce2938f9c94bc0000e558151a7c75dc7175de91fd19');
INSERT INTO public.audit_entries VALUES ('01a22806-6310-74b8-8746-ac5410483171', NULL, 'sign_in', NULL, NULL, '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 4, '\x8c98d28f65d582a7be3ebce2938f9c94bc0000e558151a7c75dc7175de91fd19', '\x3f1fa47f1c214c3b85381561c8e80505eb32f08374957da8c8cf2f185dd8e928');
INSERT INTO public.audit_entries VALUES ('01a22806-6336-73cb-9e1c-00b8633e4271', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'save_student', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-630f-72d9-a714-ea5ba2766b23', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 12, '\x9a42ded72776dc0f5f061457abd0a9c58c200760cf03619b3ff32b1273b2edc7', '\x99ef6aec804b2dfa12ed7bd649fcb49fa6427012323ef8eda6b2a9b10e652951');
INSERT INTO public.audit_entries VALUES ('01a22806-6348-718e-a7fa-066e869fefd3', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'save_staff', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-630f-72d9-a714-ea5ba2766b23', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 14, '\x5a308eff7df949a8fc927df6eb9a3f66f3dc533c01526e435c3beb8a6197f126', '\x07177e42e39c1f5fa2ded331e81e5528e07fe8158b3f26e79d1f7fc44d2082d3');
INSERT INTO public.audit_entries VALUES ('01a22806-64ba-74dd-ac0b-bac3db999b59', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'record_consent', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5469', 15, '\x07177e42e39c1f5fa2ded331e81e5528e07fe8158b3f26e79d1f7fc44d2082d3', '\xa38719a73bb31d09fac890966b27a28e323032655dc32cbd22034624c7002750');
INSERT INTO public.audit_entries VALUES ('01a22806-63a0-70fb-8476-edabb622ed8c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'save_user', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-630f-72d9-a714-ea5ba2766b23', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 13, '\x99ef6aec804b2dfa12ed7bd649fcb49fa6427012323ef8eda6b2a9b10e652951', '\x5f72ca67267da3bc73300188719db8476f4b5d6c690501a3cbf39193ae855456');
INSERT INTO public.audit_entries VALUES ('01a22806-64ad-7248-a583-8c1b5e4a6d83', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_settings', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 14, '\x5f72ca67267da3bc73300188719db8476f4b5d6c690501a3cbf39193ae855456', '\xc55764f2321f7c29b05c8b1f2b058a9b99152434975be21d7a85af853e376a6f');
INSERT INTO public.audit_entries VALUES ('01a22806-6c23-720d-a019-ba706a8958ea', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'withdraw_consent', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5468', 15, '\xc55764f2321f7c29b05c8b1f2b058a9b99152434975be21d7a85af853e376a6f', '\xf180eaffd52398d7c6c9d946b55724ce08da0a48470a7d9b3a881b580c9daca7');
INSERT INTO public.audit_entries VALUES ('01a22806-63f5-71db-ab2e-93f073fc66c0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'save_user', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 8, '\xc1733ccc790049b5f5841f175a7539575848a4cdbbb5b181b83e08ee221331ae', '\x82b49c74d31aad4c0a43e535f3f5b2fd9fffb19d83fa19fc3465910c48399988');
INSERT INTO public.audit_entries VALUES ('01a22806-6c03-75bb-92b6-90c54ca9733a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrol_faces', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c5441', 9, '\x82b49c74d31aad4c0a43e535f3f5b2fd9fffb19d83fa19fc3465910c48399988', '\x094bfe0087308101ec5980d68b851c3fc0288a487fe61700beb9185f6b546ab2');
INSERT INTO public.audit_entries VALUES ('01a22806-642a-72d2-ab32-b01f87231692', NULL, 'sign_in', NULL, NULL, '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 5, '\x3f1fa47f1c214c3b85381561c8e80505eb32f08374957da8c8cf2f185dd8e928', '\xe48b8baecee482f0fd5abbee165e5035d67df6bd2d6c927c6b9d054fbbc31fb9');
INSERT INTO public.audit_entries VALUES ('01a22806-64a5-7657-9e93-64a2db5c48bf', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'change_password', '01a22806-63f2-75f6-9abf-8ad0646e481e', '01a22806-6429-7279-b0f6-c116aec1fbb4', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 6, '\xe48b8baecee482f0fd5abbee165e5035d67df6bd2d6c927c6b9d054fbbc31fb9', '\xa76604a2d3573fcc84d0c873c2a246dd00e63e00a66737c85fe40faedd457b3e');
INSERT INTO public.audit_entries VALUES ('01a22806-6930-70f9-9ce8-d28c1e743667', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrol_faces', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 7, '\xa76604a2d3573fcc84d0c873c2a246dd00e63e00a66737c85fe40faedd457b3e', '\x8bbacaf99ab6d3289e5ff806e1d6c3d8fe6b8a476a509760ac090cb0efc30372');
INSERT INTO public.audit_entries VALUES ('01a22806-6942-72fa-ae20-f16154e03c39', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'record_consent', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 8, '\x8bbacaf99ab6d3289e5ff806e1d6c3d8fe6b8a476a509760ac090cb0efc30372', '\x847db7796653b839bfe527497399b8fb8243d899284b73497d60651b352c597c');
INSERT INTO public.audit_entries VALUES ('01a22806-6c1b-76c3-99c5-ade9da3225f0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'record_consent', '01a22806-5d79-7037-80f3-e671fa128e60', '01a22806-5d7b-7413-88d1-59fc4604a8cf', '2026-10-14 08:00:00+00', NULL, NULL, 1, '01a22806-571a-7550-bd5e-9294165c57af', 9, '\x847db7796653b839bfe527497399b8fb8243d899284b73497d60651b352c597c', '\x6a911e972728225a7a04fc752491bc40e544ded548dba149fe6a3fc704d02bd9');
INSERT INTO public.categories VALUES ('01a22806-608b-72a0-a998-8e2b4a63d93a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', 'Tests', 30000, 0, NULL, 1);
INSERT INTO public.categories VALUES ('01a22806-60ad-74ee-9a83-fc959c6b018a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', 'Homework', 10000, 1, NULL, 1);
INSERT INTO public.classes VALUES ('01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', '7A', '7', NULL, NULL, NULL, NULL, 1, '017a');
INSERT INTO public.classes VALUES ('01a22806-5def-7420-bf0b-570e976ab15c', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', '7B', '7', NULL, NULL, NULL, NULL, 1, '017b');
INSERT INTO public.classes VALUES ('01a22806-6281-7468-973b-219fb2d255e2', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d73-74d4-a302-0a4e030eb560', '7Z', '7', NULL, NULL, NULL, '2026-10-14 08:00:00+00', 2, '017z');
INSERT INTO public.clock_seen VALUES (1, '2026-10-14 08:00:00+00');
INSERT INTO public.consents VALUES ('01a22806-64b8-7411-b0d1-a0f1848e71bd', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', 'Lucía Muñoz', 'mother', 'The school keeps a mathematical template of the student''s face, encrypted and only on its own computers, to take attendance. It is used for nothing else and is deleted when the consent is withdrawn or the student leaves.', '1', '2026-10-14 08:00:00+00', '01a22806-5d79-7037-80f3-e671fa128e60', NULL, 1);
INSERT INTO public.consents VALUES ('01a22806-6939-7051-b81c-db1fbec0ef7d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 'Lucía Muñoz', 'mother', 'The school keeps a mathematical template of the student''s face, encrypted and only on its own computers, to take attendance. It is used for nothing else and is deleted when the consent is withdrawn or the student leaves.', '1', '2026-10-14 08:00:00+00', '01a22806-5d79-7037-80f3-e671fa128e60', NULL, 1);
INSERT INTO public.consents VALUES ('01a22806-6c1a-746b-b885-ae1841cf5e34', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5e37-77c9-a3c5-f81cf4143a63', 'Lucía Muñoz', 'mother', 'The school keeps a mathematical template of the student''s face, encrypted and only on its own computers, to take attendance. It is used for nothing else and is deleted when the consent is withdrawn or the student leaves.', '1', '2026-10-14 08:00:00+00', '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 2);
INSERT INTO public.courses VALUES ('01a22806-5dfb-76d9-a8d1-0d90c0b662f2', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5db0-7757-ae80-f6572191da3f', NULL, NULL, 1);
INSERT INTO public.courses VALUES ('01a22806-629f-703a-bd0b-d4b3964dbafe', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-6281-7468-973b-219fb2d255e2', '01a22806-5db0-7757-ae80-f6572191da3f', NULL, NULL, 1);
INSERT INTO public.data_keys VALUES ('01a22806-6924-77c0-a3f9-844b8a72b3fc', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'face templates', '\x9e8b383a2e19e36b33d04bd1a810fa8bb76fb1f8be032151', '\x4214a101d89120668ffd5958a919e8637b0a555c9ddd100855f8f100f5539d0ade89f06bd0b73fe0bc3917aa2ce0b77b', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.districts VALUES ('01a22806-5d5f-7607-b446-0830cb86f0c6', 'Riverside School', NULL, 1);
INSERT INTO public.enrolments VALUES ('01a22806-5f04-745b-97d4-97afdfc28be0', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5dff-71ad-8663-ffe50452c131', '2026-09-01', NULL, NULL, 1);
INSERT INTO public.enrolments VALUES ('01a22806-5f04-745b-97d4-97b139807ab3', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5ead-74c9-84df-e52b71d94fd5', '2026-09-01', NULL, NULL, 1);
INSERT INTO public.enrolments VALUES ('01a22806-5f19-77a9-a1c4-ca40dc7fc635', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5def-7420-bf0b-570e976ab15c', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '2026-09-01', NULL, NULL, 1);
INSERT INTO public.enrolments VALUES ('01a22806-5f04-745b-97d4-97b05cd2064b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5de6-72cf-b51f-27815b77652f', '01a22806-5e37-77c9-a3c5-f81cf4143a63', '2026-09-01', '2026-10-11', NULL, 2);
INSERT INTO public.enrolments VALUES ('01a22806-6245-7792-baa6-8f7353cbfd7b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5def-7420-bf0b-570e976ab15c', '01a22806-5e37-77c9-a3c5-f81cf4143a63', '2026-10-12', NULL, NULL, 1);
INSERT INTO public.enrolments VALUES ('01a22806-6259-71ba-adeb-e34eacf676e5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5def-7420-bf0b-570e976ab15c', '01a22806-5dff-71ad-8663-ffe50452c131', '2026-10-01', NULL, NULL, 1);
INSERT INTO public.face_templates VALUES ('01a22806-692d-713d-a955-de92027150d7', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', 'SFace', 'sface-2021dec', '\xb93fce4fe6c03247de74ec9053bd33e68621277814306014', '\x088d843879e78cc1a19b7cc0a4d4507ce900751d40a73c95852142f205efabe5212266f571dc4fb19af417a31fb7f36325c609a229793ccf2c4b6548a5133ef741257bc61c4ad68be8a2986016db9b6aceb788ae2a34e569af35332c679ab07cb6a85a07e9f0c45bbbc4f699eb1610afeccf3473f7df689a85447ecf33ab1b50438415b572ab0cb90874a258d0dd73b5a671518edf8181d384fc3d585a07c3044a612419eeaf5c031e9ed76d458c7b826f078ff3530c66e64bd544c40e11a51423f0b39619d04d9377031a61e72993fb98746b17ba8396b100f3ca32e0f3197a9c493d4bd20a12a1ec2f9d1062ba2df387072c790405d8deab9a20f1d663aba0a79431477ac99ec8c10c7b4ef840809605e9a3ba2ed0deeaf975263838c8b36b0d675d284a6416a645f98c4274c2d9dd0cd05b143d0150d8d9cd7379d83a2acdf272689f5d31623bcc781a9c679affe5606a0d0e09578edab90b5db43b2521540de5a8fd5cae70fd2d794ca7b86557a2584541e8fdfe8720fd8ea0c925b49e4442927a203810a8a34778869264ed4ebedaa02f2fccec481e670867dbc379150e40f431cd9eecdde61639fdc5b58c477b84072c074e613ed3af9248290973428059d3888572a40d2bf62cafd6228f383758009d2641516fae37093c67c49572edb5e3fbf12c4f0d2e0c9b5b4ec9ec1ea1eb4c19f414fedea8b456df527396d9d0c1a2a95f98c4f4eef3b37561e0948130', 0.9647256731987, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_templates VALUES ('01a22806-692e-77b8-8d95-7f886384c0ef', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', 'SFace', 'sface-2021dec', '\x2a31a1759c95bedd9c7f71679de7a122464b556c169af029', '\x693a282aaa75b10fe0b7a3e2379136dd991ebaf52b569bf522490b7762a5206f619126045d4c952fbd86e828918d9e150c25222f153680786a26918586ae22c35e298a305e041140596150233278fff68be77cdd1bea0f37fbdad58bef0da5288c6aa8129a824c9061ed55a3b8c2ec36db88ab31d6c73c5869e895e137b85829a582f9a6214804654d9686f61aa7eb9bac438f693c51eee3947fd42468cec2b18da0e38365792bda5cd5fb78e5bfc694cf23aee35b65e2c365866ab4a9b7421829ef0a02e2d8cfbe170cbe383400499887c395a66ca33049d96b359d51d3d74b7ecececca158c9c62656dec662da9d1116dde2b8b31750034f186fd7efb4dd4f89d6588df31c9439de8224d4f6f31871c0805b8af29d1acdd18665a496467610e7cfebc36857b7153378603817573c41b1fc02a475c03e2eba80a02f23690359a912b0b8dab044b7c5de10db2772ab7e810591859f192bd6e0de5d90370187f4d86fcdefb388bb72633c51cf7d787e10759521041b605283a992821300a12bf7c841e91fd57b235ac5e3ba0c9ddcd03eebc1e79d74d7517ebd0d664b7035a798a6be3866027402af53c24901e156cced3f4189c16d7c1ba8c3f2b00b57d47852aeebfb90b5cbaf6df95ec7344f191101178ce879283ef30e2f72216884c2ba7f3179f950e680c2551ded09daf7e09c5bf3567c29e7c32da0595cf8660ea0cd000bc1780ef2f88dcda874f4b827cb7aee', 0.7609089016914368, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_templates VALUES ('01a22806-692e-77b8-8d95-7f89172a3bd8', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', 'SFace', 'sface-2021dec', '\x2807d5c1adb1298ec62507d12e8c0888ddb1cd1ee9dd1728', '\x4247d9b78015bee9b7de5d4962ba141ae504551c6b177b4723268cf9c5fa392f425f0017d45491ede05ab3d0e4688e2eb01db465099f044799f4c9d68e42c5903faad1bdc832c48e023e0da29d77e7245a63adbb8bc043600eb1645d56a7a794c912d9deaaa919251f56a378082023cc6e64446fed76b968dfc337d5490deb399d96ec283e1e8f0b6d000f3505468f3600f142ed80863a654bbe666c3fb21b3a6a99715b4c6c272154e98a80e3f593d58c47ac3ccaa5d74006a81c4c09b65d6cdd059abaed35c935657b9d8056f1551f4f648b9527f37949abba9c25e9639abc5d481c6fbcdd4386fb4a4d9e6a0d18fa889bc939ea88e74d1985ef52df96f26d4af73903349da120504e4f9652673f26615ea5b58dacc35aea4fd5b989c5e0395f4ed443c80105a64e5e8f248393c0005e3f1ac1ac29632ef23b88d4212308fecbdd53714a427f8fd05e3f7db0f80f81df21da40be17d4b7484536166e4ca68e12765e90371ccdad7892e2351f986a68ee3f1497bad68a426be9b6142503fe1df18abafb3fa287d93c43494cccc1184ba85f5a1a9b80bc3ca9dc825abed6f3f1940ab244876fce1130a7e06de87f6bdc0540f5f530b79907e49e40d18c7070a6f97ac07afaa5e355faa5317d867d5f896ac9e6aa7d5df8cd14746cd8ca3238f4550f20dc8ecbda1b50edca57af3d9b512084d4f5447b4f3b27a0b368700e71d8a9a66e1b915efd181cd543dd9c9c0c08', 0.8313785791397095, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_templates VALUES ('01a22806-6c00-745e-9ee5-c0bc6011c91c', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 'SFace', 'sface-2021dec', '\x46e7b624951e550d5c4701dfa80b6343d12df0eb4324037f', '\x9a85745bb7069621150c11780d535fd08884b92e533ea7545cb90071d8ff9e781000ad77a848d20f9e675d7639dc6ca8e6e3d1aca1049e854e9632567de39b67aa9b78486333123e29dde464871a984b0bf974ee76ce37d2fada1a7d37b6e3d05d7f71b49c0b75b004a878c3e9a8e05c375a749c1e1ab021cc3eb9fbf7f3359e22903c19cd0ff1a6501b1505f71159bd9e84d1ad81060257ffa8080e47b9970934ea90f11a58f4d13efada835de1c1f3dae9dd0c07ada75d6dea9a218374ca2a63e6fc9391391100d0142b27256b36887c324dbcf0e7154c2e302f66b7b6a5c077d72fe66e692ef9561d67cb2ab23d6f8b559f2a17b0a56491b98420d5f1a653dce579c0368ac1777fe1e7d7f61a2b7e88813cd10c11b258fbce541ed50960e7ae2fbc5cdbeed50711acf746a825f144b0e6754e56df8e07d7179708c737af6f642a7a918a6a30aef5fb4c8950e49b206c4f7cf94515846a71b132f2023b067a44b710acb458c333bfa3d4d977f93ddd57abc49e94181bb2739152b9b255926b756d783cf9738b7aecd21e45b1150b1636210a1f752d91923ecf90d9e0b1a36d8fe6e9f7fc3f971d9df3cfb180d9b4410a093aea59f1d8dd0dc964b6f42fa135299657ea5bde8230c595eecb07f97eb80c235bf62fdff708aac31e671af17bcb4212a6eaf741aa45c98f1dcfeeea0484b1aea35d5818cab9fb4efe2e2f05b7590be9cbfbb48a7e8d94bc58864238af04', 0.9647256731987, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_templates VALUES ('01a22806-6c01-7736-a98e-d3789c183d04', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 'SFace', 'sface-2021dec', '\xfa4b98ebdeba0cf9653c1770b7466906c3601a0b14f19cd3', '\x85da249d9e5c9747f34c0fdd787386c3c911efca1b1fbc6177d5af4394f95d91d20653e3d3c22f58449e308298b40178deb6a87beb2ea35779478ef3a700c4fff894420ed95dc2b559ebab2fa6f3c0558def6db3f0a5442e864ff5c07c0ebd16704a78f919a8a2250f6a3b7193dec91cbe1e2c3af89601db31a96e8492f894eb25b457be87d55ad83f6db42e5968e8b8b5755840588baa61fe185398647980c3b3fe939488b177855ea2d9fb23bf821b15dbf8817f592cb2d59feba274cfde0a90cf3d5aca27223c68e9228d998788417fdbf3148f310f0b2815be6221768793e778c9981f6ee3ac9c0529ea6d6ec9f3d4d88eb4163f19d11833566fd7cb55d48583779cc72f78af4cf3e0f2854a556336bb6d6643a0ad8c3dfd8b6d1d8f8b3921e1b8fba1447d6658e84cd44881eca79c7a1b60445d86518572839e2c26ef10a3fce6aadef457db29095eb0ec84d0f8cdeb715a9b42be1b3e6b834b7948f50ec1cc72e83a8783f1ef0a0dad330cde25aa3b1c824e006eeb9b3305d207df9fa9103799d7f4afd59fe364b941044ba4545047a72aac7e05f358d6e4760a5162063855ae23cef0072c4a967ad7ee826b4e5221a74227cd8ff2fa8d38432cb7ec925ce3bde24dd1179b406e1c4152c10c41de6f8d6fc7be793a3f1a02cc89a754d58418da7197de3111ef16b6fbe2df0fc36e65fc98ec258887203eb95ddebd6c87e235d1389587526c5c5782dd49ac7210', 0.7609089016914368, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_templates VALUES ('01a22806-6c01-7736-a98e-d3791c2b7839', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 'SFace', 'sface-2021dec', '\x91aa60471a8fb34139273e63cb3ba47fc1fb5c911b4019f0', '\x3b5b99895b02417ecd13c8b0073ad6d097a540e34c12cc6bf0c938eb08b084807ba311971e9d538c9ef9e97bcbde9766d4d7a9328522fbbd6aca15cf4ab71d19d94f85dba5d4c68c3810ff26ab7809379d595c8f6149735b57dbfc78042241fbfe7c05ffebeef745e4c64d3b39992898b683de1a5b2fea36c250c1ff2d408b215c019196215c4501a4dbd4f032b5fd4b6694bd2e0b34b25dc0509cc8a901ac6f5969be7ec56c6bd3aea7cfef941bd15a9d0779291892dd47624aeb2e4b61a768bcc0b148aa4aede902c42ed9249e31998f88ec2ddf687221122f22c01062e30d89177aa2441ec18740b29738fec82c33438ef9ca9d57e821dd050112eefc991e7fba3fc785dbe1eac0cb1e126c2d16022baa92c2ff1887550df815b17f65260a996f883ac35c191f813827a6bdf4fde17e608260ea1b7a38d517595b16d708d6f738ca5661e10f4076a030c3dafe13e5df1e1b0a28fa5401caaa4dce81b7e9bb684b00fe9aaeeca840319f4b04d3fa06d1a03a6e121a9b509840da9fb8d729a5e769c1f871ea7e9f09a51ee34287698e05d957f29d61e3be96aa86132c7eb5d7ab027199be146080dbf3e1d354afbd12b0ace1b4e109535cbe9725a734c6e37df19f6ae4abe0218cf82796f0afa7270d56c6c94018f6bb4ea9877f78866a10b0dd273ecb6b045eb1755b1ac29bf2ef8d2e9e30761f5544113499c9e53b9f947fd6649445b787474cf89ba38671c149cb', 0.8313785791397095, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_uses VALUES ('01a22806-692f-75c1-b687-82aa2f72da1e', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolment', NULL, '01a22806-5dff-71ad-8663-ffe50452c131', 0, '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.face_uses VALUES ('01a22806-6c02-7107-9d19-8e5ad1648857', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'enrolment', NULL, '01a22806-5ec2-736b-9e59-e4bf1eaf3de4', 1, '01a22806-5d79-7037-80f3-e671fa128e60', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.grade_scales VALUES ('01a22806-5d71-74fa-9169-0a7ae24fe5d4', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'A to F', '[{"label": "A", "fromPercent": 85.0}, {"label": "B", "fromPercent": 70.0}, {"label": "C", "fromPercent": 55.0}, {"label": "D", "fromPercent": 40.0}, {"label": "F", "fromPercent": 0.0}]', 1);
INSERT INTO public.grade_scales VALUES ('01a22806-62c8-7113-bc28-56190c34b272', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'A to F', '[{"label": "A", "fromPercent": 85.0}, {"label": "B", "fromPercent": 70.0}, {"label": "C", "fromPercent": 55.0}, {"label": "D", "fromPercent": 40.0}, {"label": "F", "fromPercent": 0.0}]', 1);
INSERT INTO public.grants VALUES ('01a22806-5d7a-758b-95b0-36c664871cfa', NULL, NULL, '01a22806-5d79-7037-80f3-e671fa128e60', 'super_administrator', 1);
INSERT INTO public.grants VALUES ('01a22806-5f4b-70eb-9928-2796e190ee9d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', NULL, '01a22806-5f4a-77e6-9637-62e96a30e311', 'teacher', 1);
INSERT INTO public.grants VALUES ('01a22806-639f-7303-99ce-bb57c4892dd6', '01a22806-62c6-769c-bbc0-15d9c8f9573b', NULL, '01a22806-639d-74bf-8481-48652d9faf7c', 'operator', 1);
INSERT INTO public.grants VALUES ('01a22806-63f3-74b1-890d-b6b1cd50f248', '01a22806-5d60-72a6-bc8a-9a2b228d6220', NULL, '01a22806-63f2-75f6-9abf-8ad0646e481e', 'student', 1);
INSERT INTO public.guardians VALUES ('01a22806-5e17-7744-a3a0-44656b9bb00e', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'Lucía', 'Muñoz', NULL, '+34 612 345 678', NULL, NULL, 1);
INSERT INTO public.guardians VALUES ('01a22806-5e43-74f2-b27d-555bdde5baa4', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'Priya', 'Sharma', NULL, '+91 98765 43210', NULL, NULL, 1);
INSERT INTO public.guardians VALUES ('01a22806-5eb1-75a3-ab8c-20f4ec639948', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'Fatima', 'Hassan', NULL, '0711 222 333', NULL, NULL, 1);
INSERT INTO public.guardianships VALUES ('01a22806-5e19-7606-84b9-00b7b7b53d33', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', '01a22806-5e17-7744-a3a0-44656b9bb00e', 'mother', true, 1);
INSERT INTO public.guardianships VALUES ('01a22806-5e46-7195-bf0c-9089a3b563b6', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5e37-77c9-a3c5-f81cf4143a63', '01a22806-5e43-74f2-b27d-555bdde5baa4', 'mother', true, 1);
INSERT INTO public.guardianships VALUES ('01a22806-5eb2-7196-9da3-ad17b23b8530', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5ead-74c9-84df-e52b71d94fd5', '01a22806-5eb1-75a3-ab8c-20f4ec639948', 'mother', true, 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8aaca38e7d', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60ec-75ab-81c5-a92b7207dab7', '01a22806-5dff-71ad-8663-ffe50452c131', 'marked', 125000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8b71bc0778', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-610e-7413-be10-00d82cb4269f', '01a22806-5dff-71ad-8663-ffe50452c131', 'marked', 90000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8cc735157f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60cd-736c-8064-87ace083f1de', '01a22806-5e37-77c9-a3c5-f81cf4143a63', 'marked', 80000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8df428335b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60ec-75ab-81c5-a92b7207dab7', '01a22806-5e37-77c9-a3c5-f81cf4143a63', 'missing', NULL, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8e2fadc62e', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60cd-736c-8064-87ace083f1de', '01a22806-5ead-74c9-84df-e52b71d94fd5', 'excused', NULL, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8fe9c2d99c', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60ec-75ab-81c5-a92b7207dab7', '01a22806-5ead-74c9-84df-e52b71d94fd5', 'marked', 200000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e9095439f7f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-610e-7413-be10-00d82cb4269f', '01a22806-5ead-74c9-84df-e52b71d94fd5', 'marked', 100000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.marks VALUES ('01a22806-6131-7458-9da1-9e8918695573', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-60cd-736c-8064-87ace083f1de', '01a22806-5dff-71ad-8663-ffe50452c131', 'marked', 150000, '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 3);
INSERT INTO public.report_comments VALUES ('01a22806-6201-74c1-af2a-ef90401f2df5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dff-71ad-8663-ffe50452c131', '01a22806-5d73-74d4-a302-0a4fe409aedc', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', 'course', 'Works with care.', '01a22806-5f4a-77e6-9637-62e96a30e311', '2026-10-14 08:00:00+00', 1);
INSERT INTO public.schools VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5d5f-7607-b446-0830cb86f0c6', 'Riverside School', NULL, NULL, NULL, NULL, 'Africa/Nairobi', NULL, NULL, NULL, 1);
INSERT INTO public.schools VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', '01a22806-5d5f-7607-b446-0830cb86f0c6', 'Hillside School', NULL, NULL, NULL, NULL, 'Europe/Lisbon', NULL, NULL, NULL, 1);
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'ben', 'staff', '01a22806-5db7-73e8-999f-d490462fba4b');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'otieno', 'staff', '01a22806-5db7-73e8-999f-d490462fba4b');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'chloe', 'staff', '01a22806-5dd1-73b4-8a88-8e8cf67d486c');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'dubois', 'staff', '01a22806-5dd1-73b4-8a88-8e8cf67d486c');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '1001', 'student', '01a22806-5dff-71ad-8663-ffe50452c131');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'jose', 'student', '01a22806-5dff-71ad-8663-ffe50452c131');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'munoz', 'student', '01a22806-5dff-71ad-8663-ffe50452c131');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '34612345678', 'guardian', '01a22806-5e17-7744-a3a0-44656b9bb00e');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '612345678', 'guardian', '01a22806-5e17-7744-a3a0-44656b9bb00e');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'lucia', 'guardian', '01a22806-5e17-7744-a3a0-44656b9bb00e');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'munoz', 'guardian', '01a22806-5e17-7744-a3a0-44656b9bb00e');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '1002', 'student', '01a22806-5e37-77c9-a3c5-f81cf4143a63');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'aarav', 'student', '01a22806-5e37-77c9-a3c5-f81cf4143a63');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'sharma', 'student', '01a22806-5e37-77c9-a3c5-f81cf4143a63');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'आरव', 'student', '01a22806-5e37-77c9-a3c5-f81cf4143a63');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'शर्मा', 'student', '01a22806-5e37-77c9-a3c5-f81cf4143a63');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '919876543210', 'guardian', '01a22806-5e43-74f2-b27d-555bdde5baa4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '9876543210', 'guardian', '01a22806-5e43-74f2-b27d-555bdde5baa4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'priya', 'guardian', '01a22806-5e43-74f2-b27d-555bdde5baa4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'sharma', 'guardian', '01a22806-5e43-74f2-b27d-555bdde5baa4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '0711222333', 'guardian', '01a22806-5eb1-75a3-ab8c-20f4ec639948');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'fatima', 'guardian', '01a22806-5eb1-75a3-ab8c-20f4ec639948');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'hassan', 'guardian', '01a22806-5eb1-75a3-ab8c-20f4ec639948');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', '2001', 'student', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'lukasz', 'student', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4');
INSERT INTO public.search_words VALUES ('01a22806-5d60-72a6-bc8a-9a2b228d6220', 'zolty', 'student', '01a22806-5ec2-736b-9e59-e4bf1eaf3de4');
INSERT INTO public.search_words VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', '1001', 'student', '01a22806-6333-745c-bcef-5cc37229e3dd');
INSERT INTO public.search_words VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', 'ana', 'student', '01a22806-6333-745c-bcef-5cc37229e3dd');
INSERT INTO public.search_words VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', 'silva', 'student', '01a22806-6333-745c-bcef-5cc37229e3dd');
INSERT INTO public.search_words VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', 'costa', 'staff', '01a22806-6347-7037-81d3-7d3f337887d8');
INSERT INTO public.search_words VALUES ('01a22806-62c6-769c-bbc0-15d9c8f9573b', 'rui', 'staff', '01a22806-6347-7037-81d3-7d3f337887d8');
INSERT INTO public.settings VALUES ('01a22806-64aa-763f-8b95-704cfed2ba3b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'school', '{"dayOrder": "day_first", "nameOrder": "family_first", "facePolicy": "The school keeps a mathematical template of the student''s face, encrypted and only on its own computers, to take attendance. It is used for nothing else and is deleted when the consent is withdrawn or the student leaves.", "kioskSound": true, "schoolDays": ["monday", "tuesday", "wednesday", "thursday", "friday"], "passPercent": 40.0, "reportTitle": "", "faceLiveness": true, "faceMustMove": false, "firstWeekday": "monday", "missingMarks": "nothing", "kioskTurnHead": true, "retentionDays": 365, "totalDecimals": 1, "reportShowRank": true, "faceConsentDays": 730, "faceRecognition": true, "reportShowChart": true, "classFiguresFrom": 5, "dayStartsMinutes": 480, "faceEvidenceDays": 0, "firstHourPutAway": false, "lateAfterMinutes": 10, "lockAfterMinutes": 15, "reportSignatures": ["Class teacher", "Principal", "Guardian"], "riskSharePercent": 10, "faceOwnConsentAge": 16, "facePolicyVersion": "1", "faceRetentionDays": 30, "faceKeepPhotographs": false, "reportShowClassMean": true, "generalCommentLength": 600, "reportShowAttendance": true, "subjectCommentLength": 300}', 1);
INSERT INTO public.sign_in_attempts VALUES ('01a22806-5f59-7071-8e35-0c064542df6c', 'ben', 'office', '2026-10-14 08:00:00+00', true, 1);
INSERT INTO public.sign_in_attempts VALUES ('01a22806-5fe2-7283-b7a2-957ed9b3462b', 'ben', 'office', '2026-10-14 08:00:00+00', true, 1);
INSERT INTO public.sign_in_attempts VALUES ('01a22806-62d1-7273-a101-2f72e401e6e8', 'amara', 'office', '2026-10-14 08:00:00+00', true, 1);
INSERT INTO public.sign_in_attempts VALUES ('01a22806-6400-712b-899c-3271d4f9a82a', 'pupil', 'office', '2026-10-14 08:00:00+00', true, 1);
INSERT INTO public.sign_in_attempts VALUES ('01a22806-6444-7367-a24c-b94192034330', 'pupil', 'office', '2026-10-14 08:00:00+00', true, 1);
INSERT INTO public.staff VALUES ('01a22806-5db7-73e8-999f-d490462fba4b', '01a22806-5d60-72a6-bc8a-9a2b228d6220', NULL, 'Ben', 'Otieno', NULL, NULL, NULL, 'Teacher', 'otieno ben', NULL, NULL, 1, 'ben otieno');
INSERT INTO public.staff VALUES ('01a22806-5dd1-73b4-8a88-8e8cf67d486c', '01a22806-5d60-72a6-bc8a-9a2b228d6220', NULL, 'Chloë', 'Dubois', NULL, NULL, NULL, 'Teacher', 'dubois chloe', NULL, NULL, 1, 'chloe dubois');
INSERT INTO public.staff VALUES ('01a22806-6347-7037-81d3-7d3f337887d8', '01a22806-62c6-769c-bbc0-15d9c8f9573b', NULL, 'Rui', 'Costa', NULL, NULL, NULL, 'Teacher', 'costa rui', NULL, NULL, 1, 'rui costa');
INSERT INTO public.students VALUES ('01a22806-5dff-71ad-8663-ffe50452c131', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '1001', 'José', NULL, 'Muñoz', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'active', 'munoz jose', NULL, '2026-10-14 08:00:00+00', NULL, 1, 'jose munoz');
INSERT INTO public.students VALUES ('01a22806-5e37-77c9-a3c5-f81cf4143a63', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '1002', 'Aarav', NULL, 'Sharma', NULL, 'आरव शर्मा', NULL, NULL, NULL, NULL, NULL, 'active', 'sharma aarav', NULL, '2026-10-14 08:00:00+00', NULL, 1, 'aarav sharma');
INSERT INTO public.students VALUES ('01a22806-5ec2-736b-9e59-e4bf1eaf3de4', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '2001', 'Łukasz', NULL, 'Żółty', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'active', 'zolty lukasz', NULL, '2026-10-14 08:00:00+00', NULL, 1, 'lukasz zolty');
INSERT INTO public.students VALUES ('01a22806-5ead-74c9-84df-e52b71d94fd5', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '1003', 'Mohammed', NULL, 'Ali', NULL, 'مُحَمَّد علي', NULL, NULL, NULL, NULL, NULL, 'active', 'ali mohammed', NULL, '2026-10-14 08:00:00+00', '2026-10-14 08:00:00+00', 2, 'mohammed ali');
INSERT INTO public.students VALUES ('01a22806-6333-745c-bcef-5cc37229e3dd', '01a22806-62c6-769c-bbc0-15d9c8f9573b', '1001', 'Ana', NULL, 'Silva', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'active', 'silva ana', NULL, '2026-10-14 08:00:00+00', NULL, 1, 'ana silva');
INSERT INTO public.subjects VALUES ('01a22806-5db0-7757-ae80-f6572191da3f', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'Mathematics', NULL, 0, NULL, NULL, 1);
INSERT INTO public.teachings VALUES ('01a22806-5dfc-77e5-825f-a1916ea3c71a', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-5dfb-76d9-a8d1-0d90c0b662f2', '01a22806-5db7-73e8-999f-d490462fba4b', 1);
INSERT INTO public.teachings VALUES ('01a22806-62a1-71e1-b3b8-7bab695d5b51', '01a22806-5d60-72a6-bc8a-9a2b228d6220', '01a22806-629f-703a-bd0b-d4b3964dbafe', '01a22806-5dd1-73b4-8a88-8e8cf67d486c', 1);
INSERT INTO public.user_sessions VALUES ('01a22806-5d7b-7413-88d1-59fc4604a8cf', '01a22806-5d79-7037-80f3-e671fa128e60', '\x874a218893b2a69e4129ba230dcc13769ac286f1f85d51787481dc5c3b2f4dfa', 'office', NULL, '2026-10-14 08:00:00+00', '2026-10-14 08:00:00+00', '2026-10-21 08:00:00+00', NULL, 1, '2026-10-14 08:00:00+00', NULL);
INSERT INTO public.user_sessions VALUES ('01a22806-5fc5-7616-ba38-a22c90b68ebb', '01a22806-5f4a-77e6-9637-62e96a30e311', '\xf05aef942cf3b13ddc1e61fb4411d54073712d61f03d1711a49d479c3c6a6e4f', 'office', NULL, '2026-10-14 08:00:00+00', '2026-10-14 08:00:00+00', '2026-10-21 08:00:00+00', NULL, 1, '2026-10-14 08:00:00+00', NULL);
INSERT INTO public.user_sessions VALUES ('01a22806-630f-72d9-a714-ea5ba2766b23', '01a22806-5d79-7037-80f3-e671fa128e60', '\x70831d0ce5f6e92eb01cf15e046fe35a8703d1d6f9073f524f60b815f2d7c2a2', 'office', NULL, '2026-10-14 08:00:00+00', '2026-10-14 08:00:00+00', '2026-10-21 08:00:00+00', NULL, 1, '2026-10-14 08:00:00+00', NULL);
INSERT INTO public.user_sessions VALUES ('01a22806-6429-7279-b0f6-c116aec1fbb4', '01a22806-63f2-75f6-9abf-8ad0646e481e', '\x6dad4f2b646dab2f48e45e2aa5b83175a62ba95b7f69ec27328d42f472e49934', 'office', NULL, '2026-10-14 08:00:00+00', '2026-10-14 08:00:00+00', '2026-10-21 08:00:00+00', NULL, 1, '2026-10-14 08:00:00+00', NULL);
INSERT INTO public.users VALUES ('01a22806-5d79-7037-80f3-e671fa128e60', NULL, 'amara', 'amara', 'Amara', 'Okafor', '$argon2id$v=19$m=19456,t=2,p=1$sfvsfNAnCAQwkdfqOhyPMg$lVCj/E1j7AmX54XFu3gMYKTBkxfLRm8vQzmBpjNXH7Q', false, NULL, NULL, NULL, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.users VALUES ('01a22806-5f4a-77e6-9637-62e96a30e311', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'ben', 'ben', 'ben', 'Tester', '$argon2id$v=19$m=19456,t=2,p=1$LjSzEMtbhU9selzYTZOboA$C/NN02FKMB2T9uopBInz39Qe7T/EFBVCttHgRuF/HC0', false, '01a22806-5db7-73e8-999f-d490462fba4b', NULL, NULL, '2026-10-14 08:00:00+00', 2);
INSERT INTO public.users VALUES ('01a22806-639d-74bf-8481-48652d9faf7c', '01a22806-62c6-769c-bbc0-15d9c8f9573b', 'rui', 'rui', 'Rui', 'Costa', '$argon2id$v=19$m=19456,t=2,p=1$sidfHMCCN7naNEmb9jq6yg$y7v/3rj2cDrObzDXbDfiV5bxZFofgIWi9QTqL5zHmsE', true, '01a22806-6347-7037-81d3-7d3f337887d8', NULL, NULL, '2026-10-14 08:00:00+00', 1);
INSERT INTO public.users VALUES ('01a22806-63f2-75f6-9abf-8ad0646e481e', '01a22806-5d60-72a6-bc8a-9a2b228d6220', 'pupil', 'pupil', 'pupil', 'Tester', '$argon2id$v=19$m=19456,t=2,p=1$2W7RQRrYE73Ti7E3qcyFyQ$lbJgMkoGVisCwV272iid2qtyOIn+qmR83uWgp7/wYJE', false, NULL, '01a22806-5dff-71ad-8663-ffe50452c131', NULL, '2026-10-14 08:00:00+00', 2);
ALTER TABLE ONLY public.academic_sessions
    ADD CONSTRAINT academic_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.applied_migrations
    ADD CONSTRAINT applied_migrations_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attendance_codes
    ADD CONSTRAINT attendance_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attendance_codes
    ADD CONSTRAINT attendance_codes_school_id_code_key UNIQUE (school_id, code);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_student_id_date_lesson_key UNIQUE (student_id, date, lesson);
ALTER TABLE ONLY public.audit_changes
    ADD CONSTRAINT audit_changes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.clock_seen
    ADD CONSTRAINT clock_seen_pkey PRIMARY KEY (one);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_class_id_subject_id_key UNIQUE (class_id, subject_id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_school_id_purpose_key UNIQUE (school_id, purpose);
ALTER TABLE ONLY public.districts
    ADD CONSTRAINT districts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.enrolments
    ADD CONSTRAINT enrolments_class_id_student_id_start_date_key UNIQUE (class_id, student_id, start_date);
ALTER TABLE ONLY public.enrolments
    ADD CONSTRAINT enrolments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.evidence_frames
    ADD CONSTRAINT evidence_frames_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.face_objections
    ADD CONSTRAINT face_objections_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.face_photographs
    ADD CONSTRAINT face_photographs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.face_rejections
    ADD CONSTRAINT face_rejections_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.face_templates
    ADD CONSTRAINT face_templates_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.face_uses
    ADD CONSTRAINT face_uses_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.grade_scales
    ADD CONSTRAINT grade_scales_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.guardians
    ADD CONSTRAINT guardians_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_student_id_guardian_id_key UNIQUE (student_id, guardian_id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_assessment_id_student_id_key UNIQUE (assessment_id, student_id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.registers
    ADD CONSTRAINT registers_class_id_date_lesson_key UNIQUE (class_id, date, lesson);
ALTER TABLE ONLY public.registers
    ADD CONSTRAINT registers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.report_comments
    ADD CONSTRAINT report_comments_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.schools
    ADD CONSTRAINT schools_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.search_words
    ADD CONSTRAINT search_words_pkey PRIMARY KEY (school_id, word, person_kind, person_id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_school_id_name_key UNIQUE (school_id, name);
ALTER TABLE ONLY public.sign_in_attempts
    ADD CONSTRAINT sign_in_attempts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.students
    ADD CONSTRAINT students_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.students
    ADD CONSTRAINT students_school_id_number_key UNIQUE (school_id, number);
ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.teachings
    ADD CONSTRAINT teachings_course_id_staff_id_key UNIQUE (course_id, staff_id);
ALTER TABLE ONLY public.teachings
    ADD CONSTRAINT teachings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_username_folded_key UNIQUE (username_folded);
CREATE INDEX academic_sessions_by_school ON public.academic_sessions USING btree (school_id, start_date);
CREATE INDEX assessments_by_course ON public.assessments USING btree (school_id, course_id, term_id);
CREATE INDEX attendance_marks_by_class ON public.attendance_marks USING btree (school_id, class_id, date, lesson);
CREATE INDEX attendance_marks_by_date ON public.attendance_marks USING btree (school_id, date);
CREATE INDEX audit_changes_by_entry ON public.audit_changes USING btree (entry_id);
CREATE INDEX audit_changes_by_student ON public.audit_changes USING btree (school_id, student_id, entry_id);
CREATE INDEX audit_changes_of_row ON public.audit_changes USING btree (row_id, id);
CREATE INDEX audit_entries_by_session ON public.audit_entries USING btree (session_id, id);
CREATE INDEX audit_entries_by_time ON public.audit_entries USING btree (school_id, at);
CREATE UNIQUE INDEX audit_entries_of_writer ON public.audit_entries USING btree (writer, number);
CREATE INDEX categories_by_course ON public.categories USING btree (school_id, course_id);
CREATE INDEX classes_by_school ON public.classes USING btree (school_id, year_id, title);
CREATE INDEX consents_by_student ON public.consents USING btree (school_id, student_id);
CREATE INDEX courses_by_class ON public.courses USING btree (school_id, class_id);
CREATE INDEX enrolments_by_class ON public.enrolments USING btree (school_id, class_id, student_id, start_date, end_date);
CREATE INDEX enrolments_by_student ON public.enrolments USING btree (school_id, student_id, class_id, start_date, end_date);
CREATE INDEX evidence_frames_by_student ON public.evidence_frames USING btree (school_id, student_id);
CREATE INDEX evidence_frames_by_time ON public.evidence_frames USING btree (school_id, taken_at);
CREATE INDEX face_objections_by_student ON public.face_objections USING btree (school_id, student_id);
CREATE INDEX face_photographs_by_student ON public.face_photographs USING btree (school_id, student_id);
CREATE UNIQUE INDEX face_rejections_once ON public.face_rejections USING btree (school_id, date, lesson, student_id);
CREATE INDEX face_templates_by_student ON public.face_templates USING btree (school_id, student_id);
CREATE INDEX face_uses_by_student ON public.face_uses USING btree (school_id, student_id);
CREATE INDEX face_uses_by_time ON public.face_uses USING btree (school_id, at);
CREATE INDEX grade_scales_by_school ON public.grade_scales USING btree (school_id);
CREATE INDEX grants_by_user ON public.grants USING btree (user_id);
CREATE INDEX guardians_by_source ON public.guardians USING btree (school_id, source_id);
CREATE INDEX guardianships_by_student ON public.guardianships USING btree (school_id, student_id);
CREATE INDEX marks_by_student ON public.marks USING btree (school_id, student_id);
CREATE INDEX registers_by_date ON public.registers USING btree (school_id, date);
CREATE INDEX report_comments_by_student ON public.report_comments USING btree (school_id, student_id, term_id);
CREATE INDEX search_words_by_person ON public.search_words USING btree (school_id, person_id, word);
CREATE INDEX sign_in_attempts_by_account ON public.sign_in_attempts USING btree (username_folded, device, at);
CREATE INDEX sign_in_attempts_by_device ON public.sign_in_attempts USING btree (device, at);
CREATE INDEX staff_by_name ON public.staff USING btree (school_id, sort_name, id);
CREATE INDEX staff_by_source ON public.staff USING btree (school_id, source_id);
CREATE INDEX students_by_birth_date ON public.students USING btree (school_id, birth_date);
CREATE INDEX students_by_given ON public.students USING btree (school_id, sort_given, id, deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX students_by_name ON public.students USING btree (school_id, sort_name, id, deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX students_by_source ON public.students USING btree (school_id, source_id);
CREATE INDEX students_by_status ON public.students USING btree (school_id, status, sort_name, id, deleted_at) WHERE (deleted_at IS NULL);
CREATE INDEX subjects_by_school ON public.subjects USING btree (school_id, "position");
CREATE INDEX teachings_by_staff ON public.teachings USING btree (school_id, staff_id);
CREATE INDEX user_sessions_by_user ON public.user_sessions USING btree (user_id, created_at);
ALTER TABLE ONLY public.academic_sessions
    ADD CONSTRAINT academic_sessions_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.academic_sessions(id);
ALTER TABLE ONLY public.academic_sessions
    ADD CONSTRAINT academic_sessions_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_category_id_fkey FOREIGN KEY (category_id) REFERENCES public.categories(id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_term_id_fkey FOREIGN KEY (term_id) REFERENCES public.academic_sessions(id);
ALTER TABLE ONLY public.attendance_codes
    ADD CONSTRAINT attendance_codes_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_code_id_fkey FOREIGN KEY (code_id) REFERENCES public.attendance_codes(id);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.attendance_marks
    ADD CONSTRAINT attendance_marks_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.audit_changes
    ADD CONSTRAINT audit_changes_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES public.audit_entries(id);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.audit_entries
    ADD CONSTRAINT audit_entries_undoes_fkey FOREIGN KEY (undoes) REFERENCES public.audit_entries(id);
ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.categories
    ADD CONSTRAINT categories_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_homeroom_staff_id_fkey FOREIGN KEY (homeroom_staff_id) REFERENCES public.staff(id);
ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.classes
    ADD CONSTRAINT classes_year_id_fkey FOREIGN KEY (year_id) REFERENCES public.academic_sessions(id);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.consents
    ADD CONSTRAINT consents_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.courses
    ADD CONSTRAINT courses_subject_id_fkey FOREIGN KEY (subject_id) REFERENCES public.subjects(id);
ALTER TABLE ONLY public.data_keys
    ADD CONSTRAINT data_keys_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.enrolments
    ADD CONSTRAINT enrolments_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.enrolments
    ADD CONSTRAINT enrolments_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.enrolments
    ADD CONSTRAINT enrolments_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.evidence_frames
    ADD CONSTRAINT evidence_frames_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.evidence_frames
    ADD CONSTRAINT evidence_frames_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.evidence_frames
    ADD CONSTRAINT evidence_frames_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.face_objections
    ADD CONSTRAINT face_objections_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.face_objections
    ADD CONSTRAINT face_objections_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.face_photographs
    ADD CONSTRAINT face_photographs_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.face_photographs
    ADD CONSTRAINT face_photographs_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.face_rejections
    ADD CONSTRAINT face_rejections_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.face_rejections
    ADD CONSTRAINT face_rejections_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.face_rejections
    ADD CONSTRAINT face_rejections_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.face_templates
    ADD CONSTRAINT face_templates_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.face_templates
    ADD CONSTRAINT face_templates_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.face_uses
    ADD CONSTRAINT face_uses_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.face_uses
    ADD CONSTRAINT face_uses_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.face_uses
    ADD CONSTRAINT face_uses_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.grade_scales
    ADD CONSTRAINT grade_scales_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);
ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.grants
    ADD CONSTRAINT grants_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.guardians
    ADD CONSTRAINT guardians_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_guardian_id_fkey FOREIGN KEY (guardian_id) REFERENCES public.guardians(id);
ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.guardianships
    ADD CONSTRAINT guardianships_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_assessment_id_fkey FOREIGN KEY (assessment_id) REFERENCES public.assessments(id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.marks
    ADD CONSTRAINT marks_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.registers
    ADD CONSTRAINT registers_class_id_fkey FOREIGN KEY (class_id) REFERENCES public.classes(id);
ALTER TABLE ONLY public.registers
    ADD CONSTRAINT registers_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.report_comments
    ADD CONSTRAINT report_comments_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.report_comments
    ADD CONSTRAINT report_comments_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.report_comments
    ADD CONSTRAINT report_comments_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
ALTER TABLE ONLY public.report_comments
    ADD CONSTRAINT report_comments_term_id_fkey FOREIGN KEY (term_id) REFERENCES public.academic_sessions(id);
ALTER TABLE ONLY public.schools
    ADD CONSTRAINT schools_district_id_fkey FOREIGN KEY (district_id) REFERENCES public.districts(id);
ALTER TABLE ONLY public.search_words
    ADD CONSTRAINT search_words_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.staff
    ADD CONSTRAINT staff_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.students
    ADD CONSTRAINT students_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.subjects
    ADD CONSTRAINT subjects_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.teachings
    ADD CONSTRAINT teachings_course_id_fkey FOREIGN KEY (course_id) REFERENCES public.courses(id);
ALTER TABLE ONLY public.teachings
    ADD CONSTRAINT teachings_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.teachings
    ADD CONSTRAINT teachings_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_school_id_fkey FOREIGN KEY (school_id) REFERENCES public.schools(id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_staff_id_fkey FOREIGN KEY (staff_id) REFERENCES public.staff(id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_student_id_fkey FOREIGN KEY (student_id) REFERENCES public.students(id);
