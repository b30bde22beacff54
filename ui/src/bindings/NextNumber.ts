export type NextNumber = { number: string | null, };
