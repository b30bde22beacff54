/** Texts of the screens of `upkeep`. */
export const upkeep = {} as const;
