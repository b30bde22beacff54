/** Texts of the screens of `today`. */
export const today = {} as const;
