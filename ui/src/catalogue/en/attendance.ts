/** Texts of the screens of `attendance`. */
export const attendance = {} as const;
