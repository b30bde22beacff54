/** Texts of the screens of `people`. */
export const people = {} as const;
