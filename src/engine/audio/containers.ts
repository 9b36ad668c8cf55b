/** The kinds of file that are read, by the name a person knows them by. */
export type Container = 'wav' | 'aiff' | 'flac' | 'mp3' | 'aac' | 'ogg' | 'mp4' | 'webm';

/** FFmpeg's name of a demuxer -> ours. What is not here is refused, whatever FFmpeg could do with it. */
const containerOfDemuxer: Readonly<Record<string, Container>> = {
  wav: 'wav',
  aiff: 'aiff',
  flac: 'flac',
  mp3: 'mp3',
  aac: 'aac',
  ogg: 'ogg',
  'mov,mp4,m4a,3gp,3g2,mj2': 'mp4',
  'matroska,webm': 'webm',
};

/**
 * Options of FFmpeg for opening a file that somebody else may have made. A playlist (HLS, ffconcat, SDP) that
 * calls itself audio would otherwise make FFmpeg open the files or addresses that it names: only these
 * demuxers may answer, and only local files may be opened.
 */
export const openOptions = {
  format_whitelist: Object.keys(containerOfDemuxer).join(','),
  protocol_whitelist: 'file',
} as const;

export function containerOf(demuxer: string | null): Container | undefined {
  return demuxer === null ? undefined : containerOfDemuxer[demuxer];
}

/**
 * Whether a file begins as one of our containers does. Tells "damaged audio" from "no audio at all" when
 * FFmpeg cannot open it. Mp3 and aac have no signature worth the name: two bytes occur anywhere.
 */
export function hasAudioSignature(head: Uint8Array): boolean {
  const text = (start: number, end: number): string =>
    String.fromCharCode(...head.subarray(start, end));
  const [first, second] = [text(0, 4), text(8, 12)];
  return (
    ((first === 'RIFF' || first === 'RF64') && second === 'WAVE') ||
    (first === 'FORM' && (second === 'AIFF' || second === 'AIFC')) ||
    ['fLaC', 'OggS', '\x1a\x45\xdf\xa3'].includes(first) ||
    text(0, 3) === 'ID3' ||
    text(4, 8) === 'ftyp'
  );
}
