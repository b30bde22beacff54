/** Texts of the screens of `gradebook`. */
export const gradebook = {} as const;
