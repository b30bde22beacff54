/** Texts of the screens of `exams`. */
export const exams = {} as const;
