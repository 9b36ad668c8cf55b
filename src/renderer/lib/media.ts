/** Where the sound of a recording is played from; only the open project's are served. */
export function soundUrl(recordingId: number, which: 'canonical' | 'original'): string {
  return `app://bundle/media/${recordingId}${which === 'original' ? '/original' : ''}`;
}
