/** Texts of the screens of `admissions`. */
export const admissions = {} as const;
