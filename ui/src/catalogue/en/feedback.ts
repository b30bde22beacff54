/** Texts of the screens of `feedback`. */
export const feedback = {} as const;
