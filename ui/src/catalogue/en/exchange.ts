/** Texts of the screens of `exchange`. */
export const exchange = {} as const;
