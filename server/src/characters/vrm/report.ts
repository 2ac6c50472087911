import type { Finding } from '@fantwin/shared/vrm-models';
import type { FindingCode } from './finding-codes.ts';

const FINDINGS_MAX = 20;
/** Of one code, so that one mistake made a thousand times does not hide the others. */
const SAME_CODE_MAX = 3;
const KEY_MAX_CHARS = 80;
const POINTER_MAX_CHARS = 300;

/** Collects what the checks find, never more than can be read. */
export class Report {
  readonly #kept: Record<Finding['level'], Finding[]> = { error: [], warning: [] };
  readonly #counts = new Map<string, number>();
  #unkept = { error: 0, warning: 0 };

  error(code: FindingCode, message: string, pointer?: string): void {
    this.#add('error', code, message, pointer);
  }

  warn(code: FindingCode, message: string, pointer?: string): void {
    this.#add('warning', code, message, pointer);
  }

  get errors(): number {
    return this.#kept.error.length + this.#unkept.error;
  }

  /** Errors first; at most 20 and one that counts the rest. */
  findings(): Finding[] {
    const all = [...this.#kept.error, ...this.#kept.warning];
    const shown = all.slice(0, FINDINGS_MAX);
    const errors = this.#unkept.error + Math.max(0, this.#kept.error.length - FINDINGS_MAX);
    const more = this.#unkept.error + this.#unkept.warning + all.length - shown.length;
    if (more === 0) return shown;
    const message = `${more} more of these or other problems are not listed. Mend the ones above and upload the file again.`;
    const counted: Finding = { level: errors > 0 ? 'error' : 'warning', code: 'more-findings', message };
    if (counted.level === 'warning') return [...shown, counted];
    const firstWarning = shown.findIndex(({ level }) => level === 'warning');
    return shown.toSpliced(firstWarning < 0 ? shown.length : firstWarning, 0, counted);
  }

  #add(level: Finding['level'], code: FindingCode, message: string, pointer?: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (count > SAME_CODE_MAX || this.#kept[level].length >= FINDINGS_MAX) this.#unkept[level] += 1;
    else this.#kept[level].push({ level, code, message, ...(pointer === undefined ? {} : { pointer }) });
  }
}

/** RFC 6901. It ends at the parent of a key that is too long or cannot be shown: keys are the file's own. */
export function pointerTo(...keys: readonly (string | number)[]): string {
  let pointer = '';
  for (const key of keys) {
    if (pointer.length > POINTER_MAX_CHARS) break;
    if (typeof key === 'number') pointer += `/${key}`;
    else if (key.length > KEY_MAX_CHARS || /\p{C}/u.test(key)) break;
    else pointer += `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
  return pointer;
}
