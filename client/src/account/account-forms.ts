import { DisplayName, Email } from '@fantwin/shared/accounts';
import { DISPLAY_NAME_MAX_CHARS, PASSWORD_MIN_CHARS } from '@fantwin/shared/limits';

export type Fault = 'nameMissing' | 'nameLong' | 'nameBad' | 'emailBad' | 'passwordShort';

/** The same schemas that the server applies; said in the person's language, before anything is sent. */
export function nameFault(name: string): Fault | undefined {
  if (DisplayName.safeParse(name).success) return undefined;
  const shown = name.trim();
  if (shown === '') return 'nameMissing';
  return shown.length > DISPLAY_NAME_MAX_CHARS ? 'nameLong' : 'nameBad';
}

export const emailFault = (email: string): Fault | undefined =>
  Email.safeParse(email.trim()).success ? undefined : 'emailBad';

export const passwordFault = (password: string): Fault | undefined =>
  password.length >= PASSWORD_MIN_CHARS ? undefined : 'passwordShort';

/** The number that goes with a fault's words. */
export const faultCount = (fault: Fault): number =>
  fault === 'passwordShort' ? PASSWORD_MIN_CHARS : DISPLAY_NAME_MAX_CHARS;
