/** Texts of the screens of `messages`. */
export const messages = {} as const;
