/** Texts of the screens of `classes`. */
export const classes = {} as const;
