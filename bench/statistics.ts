/** The value below which this share of all lies; 0 where there is none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(sorted.length * share))) - 1] ?? 0;
}

/** The middle of some repeated measurements; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** A number with as many digits as mean something: three. */
export function round(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(3)));
}

/** The median, and the range where there are several. */
export function spread(values: readonly number[], unit = ''): string {
  const after = unit && ` ${unit}`;
  const all = values.filter(Number.isFinite);
  if (all.length === 0) return '-';
  const middle = `${round(median(all))}${after}`;
  return all.length === 1 ? middle : `${middle} (${round(Math.min(...all))} to ${round(Math.max(...all))})`;
}
