/** Automatic captions as YouTube's WebVTT has them: two lines, the upper one a repetition, a cue of 10 ms between. */
export function youtubeVtt(lines: readonly string[]): string {
  const cues: string[] = [];
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1] ?? ' ';
    const [from, to] = [i * 2_000, i * 2_000 + 1_990];
    const [first = '', ...words] = line.split(' ');
    const timed = words.map((word, n) => `<${clock(from + (n + 1) * 200, '.')}><c> ${word}</c>`).join('');
    cues.push(`${clock(from, '.')} --> ${clock(to, '.')} align:start position:0%\n${before}\n${first}${timed}`);
    cues.push(`${clock(to, '.')} --> ${clock(to + 10, '.')} align:start position:0%\n${line}\n `);
  }
  return `WEBVTT\nKind: captions\nLanguage: en\n\n${cues.join('\n\n')}\n`;
}

/** Each cue shows the newest lines, at most `window` of them. */
export function rollingSrt(lines: readonly string[], window: number): string {
  const cues = lines.map((_, i) => {
    const shown = lines.slice(Math.max(0, i - window + 1), i + 1).join('\n');
    return `${i + 1}\n${clock(i * 2_000, ',')} --> ${clock(i * 2_000 + 2_000, ',')}\n${shown}`;
  });
  return `${cues.join('\n\n')}\n`;
}

/** Live captions: the cue grows word by word, then the next line begins. */
export function growingVtt(lines: readonly string[], window: number): string {
  const cues: string[] = [];
  let at = 0;
  for (const [i, line] of lines.entries()) {
    const words = line.split(' ');
    for (let shown = 1; shown <= words.length; shown += 1) {
      const above = lines.slice(Math.max(0, i - window + 1), i);
      const text = [...above, words.slice(0, shown).join(' ')].join('\n');
      cues.push(`${clock(at, '.')} --> ${clock(at + 300, '.')}\n${text}`);
      at += 300;
    }
  }
  return `WEBVTT\n\n${cues.join('\n\n')}\n`;
}

/** Automatic captions as json3: each event has its words with their times; the next begins before it ends. */
export function youtubeJson(lines: readonly string[]): string {
  const events = lines.flatMap((line, i) => {
    const segs = line.split(' ').map((word, n) => ({ utf8: n ? ` ${word}` : word, ...(n && { tOffsetMs: n * 200 }) }));
    const tStartMs = i * 2_000;
    return [
      { tStartMs, dDurationMs: 4_000, wWinId: 1, segs },
      { tStartMs: tStartMs + 1_990, dDurationMs: 2_010, wWinId: 1, aAppend: 1, segs: [{ utf8: '\n' }] },
    ];
  });
  const window = { tStartMs: 0, dDurationMs: 60_000, id: 1, wpWinPosId: 1, wsWinStyleId: 1 };
  return JSON.stringify({ wireMagic: 'pb3', pens: [{}], wsWinStyles: [{}], events: [window, ...events] });
}

/** The same, but each event repeats the line before it. */
export function rollingJson(lines: readonly string[], window: number): string {
  const events = lines.map((_, i) => ({
    tStartMs: i * 2_000,
    dDurationMs: 2_000,
    segs: [{ utf8: lines.slice(Math.max(0, i - window + 1), i + 1).join('\n') }],
  }));
  return JSON.stringify({ wireMagic: 'pb3', events });
}

function clock(ms: number, sign: '.' | ','): string {
  const two = (number: number) => String(Math.floor(number)).padStart(2, '0');
  const rest = String(ms % 1_000).padStart(3, '0');
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1_000) % 60)}${sign}${rest}`;
}
