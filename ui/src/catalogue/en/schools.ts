/** Texts of the screens of `schools`. */
export const schools = {} as const;
