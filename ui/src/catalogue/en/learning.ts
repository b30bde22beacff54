/** Texts of the screens of `learning`. */
export const learning = {} as const;
