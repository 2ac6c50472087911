/** What a file is by its first bytes, and what its owner can do, for the kinds that people upload by mistake. */
const signatures: [string, string][] = [
  ['504b0304', 'This is a ZIP archive or an Office document. Unpack it, or save it as plain text, and upload that.'],
  ['504b0506', 'This is an empty ZIP archive. Upload the files that you want to use.'],
  ['1f8b', 'This is a GZIP archive. Unpack it and upload the file inside.'],
  ['377abcaf271c', 'This is a 7z archive. Unpack it and upload the files inside.'],
  ['526172211a07', 'This is a RAR archive. Unpack it and upload the files inside.'],
  ['255044462d', 'This is a PDF. Save its text as a plain text file and upload that.'],
  ['d0cf11e0a1b11ae1', 'This is an old Office document. Save it as plain text (.txt) and upload that.'],
  ['7b5c727466', 'This is an RTF document. Save it as plain text (.txt) and upload that.'],
  ['89504e47', 'This is a picture. Upload texts: captions, chat exports, plain text.'],
  ['ffd8ff', 'This is a picture. Upload texts: captions, chat exports, plain text.'],
  ['47494638', 'This is a picture. Upload texts: captions, chat exports, plain text.'],
  ['494433', 'This is a sound file. Upload its captions or a transcript.'],
  ['4f676753', 'This is a sound or video file. Upload its captions or a transcript.'],
  ['52494646', 'This is a sound, video or picture file. Upload its captions or a transcript.'],
  ['1a45dfa3', 'This is a video. Upload its captions.'],
  ['53514c69746520666f726d6174', 'This is a database. Export its texts and upload those.'],
];

/** Why a file that starts like this is refused; undefined: it may be text. */
export function refusalOf(head: Uint8Array): string | undefined {
  const hex = Buffer.from(head.subarray(0, 16)).toString('hex');
  const known = signatures.find(([signature]) => hex.startsWith(signature));
  if (known) return known[1];
  if (hex.slice(8, 16) === '66747970') return 'This is a video. Upload its captions.';
  if (!head.includes(0)) return undefined;
  return looksWide(head)
    ? 'This looks like UTF-16 without a byte order mark. Save the file as UTF-8 and upload it again.'
    : 'This is not a text file. Upload captions (VTT, SRT, json3), a chat export, plain text or JSONL.';
}

/** Every second byte is zero: Latin text in UTF-16. */
function looksWide(head: Uint8Array): boolean {
  let [even, odd] = [0, 0];
  for (const [i, byte] of head.entries())
    if (byte === 0) {
      if (i % 2 === 0) even += 1;
      else odd += 1;
    }
  return Math.max(even, odd) > head.length / 4 && Math.min(even, odd) < head.length / 50;
}
