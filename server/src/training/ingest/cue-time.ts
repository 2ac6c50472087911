const stamp = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?`;
const timing = new RegExp(`^\\s*${stamp}\\s*-->\\s*${stamp}(?:\\s|$)`, 'u');
const single = new RegExp(`^${stamp}$`, 'u');

/** The line above a cue of WebVTT or SRT; undefined where the times cannot be read. */
export function readTiming(line: string): { startMs: number; endMs: number } | undefined {
  const found = timing.exec(line);
  if (!found) return undefined;
  const [startMs, endMs] = [toMs(found.slice(1, 5)), toMs(found.slice(5, 9))];
  return endMs < startMs ? undefined : { startMs, endMs };
}

/** A time inside a cue: `00:00:01.000`. */
export function readTime(text: string): number | undefined {
  const found = single.exec(text);
  return found ? toMs(found.slice(1, 5)) : undefined;
}

function toMs([hours, minutes, seconds, fraction]: readonly (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number((fraction ?? '0').padEnd(3, '0'));
}
