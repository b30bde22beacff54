/** Texts of the screens of `reports`. */
export const reports = {} as const;
