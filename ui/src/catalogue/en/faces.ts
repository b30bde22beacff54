/** Texts of the screens of `faces`. */
export const faces = {} as const;
