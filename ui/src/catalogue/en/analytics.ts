/** Texts of the screens of `analytics`. */
export const analytics = {} as const;
