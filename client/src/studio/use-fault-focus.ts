import { type RefObject, useEffect } from 'react';

/** After each try that found a fault, the first field that has one is written in. */
export function useFaultFocus(form: RefObject<HTMLElement | null>, tries: number): void {
  useEffect(() => {
    if (tries > 0) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [form, tries]);
}
