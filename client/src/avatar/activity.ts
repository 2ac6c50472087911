/** What the character is doing, beside speaking, which the performance knows. */
export type Activity = 'idle' | 'listening' | 'thinking';
