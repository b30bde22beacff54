// What a form says of a new password before it is sent. The operation decides, and knows more rules.
import { t } from "../../i18n";

/** The shortest password, in characters as the operation counts them. */
const SHORTEST = 8;

/** What is wrong with a new password; null where nothing is seen to be. */
export function passwordFault(value: string): string | null {
  return [...value].length < SHORTEST ? t("accounts.setUp.passwordShort") : null;
}
