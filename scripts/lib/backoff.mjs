const firstMs = 200;
const longestMs = 5_000;

/** Waits longer before each attempt, by chance so that many do not come at once. @param {number} attempt from 0 */
export function pauseBefore(attempt) {
  const ms = Math.min(firstMs * 2 ** attempt, longestMs) * (0.5 + Math.random() / 2);
  return new Promise((resolve) => setTimeout(resolve, ms));
}
